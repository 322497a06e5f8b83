"""What a bill says of itself in codes: boleto, arrecadação, Pix and NFCom. Nothing here opens a PDF."""
