"""Bills as operadoras make them: real PDFs with line, bars, Pix and NFCom, sound or damaged as asked."""
