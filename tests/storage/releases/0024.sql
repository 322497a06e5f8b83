BEGIN TRANSACTION;
CREATE TABLE agendamentos (
	id CHAR(32) NOT NULL, 
	nome_agendamento TEXT NOT NULL, 
	descricao TEXT, 
	cron_expressao TEXT NOT NULL, 
	tipo_agendamento TEXT NOT NULL, 
	parametros_execucao TEXT NOT NULL, 
	status_ativo BOOLEAN DEFAULT 1 NOT NULL, 
	em_vigor_desde DATETIME NOT NULL, 
	falha_avisada BOOLEAN DEFAULT 0 NOT NULL, 
	criado_por CHAR(32), 
	criado_em DATETIME NOT NULL, 
	atualizado_em DATETIME NOT NULL, 
	CONSTRAINT pk_agendamentos PRIMARY KEY (id), 
	CONSTRAINT fk_agendamentos_criado_por FOREIGN KEY(criado_por) REFERENCES usuarios (id), 
	CONSTRAINT uq_agendamentos_nome_agendamento UNIQUE (nome_agendamento)
);
INSERT INTO "agendamentos" VALUES('862a6eb2744947caa464ae5bb19f1302','Backup',NULL,'0 2 * * *','BACKUP_DIARIO_BD','{"restaurar":true}',1,'2026-11-29 16:32:27.987975',0,NULL,'2026-11-29 16:32:27.987975','2026-11-29 16:32:27.987975');
CREATE TABLE agent_presence (
	usuario_id CHAR(32) NOT NULL, 
	status TEXT NOT NULL, 
	status_message TEXT, 
	via TEXT NOT NULL, 
	returns_at DATETIME, 
	asked_at DATETIME, 
	last_heartbeat DATETIME, 
	announced TEXT NOT NULL, 
	status_changed_at DATETIME NOT NULL, 
	CONSTRAINT pk_agent_presence PRIMARY KEY (usuario_id), 
	CONSTRAINT fk_agent_presence_usuario_id FOREIGN KEY(usuario_id) REFERENCES usuarios (id)
);
INSERT INTO "agent_presence" VALUES('8f8db42cfb8d4a0ca1cacb1493db38c6','online',NULL,'chat',NULL,NULL,NULL,'online','2026-11-29 16:32:26.227817');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0024');
CREATE TABLE andamentos (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	execucao_id CHAR(32) NOT NULL, 
	contato_id INTEGER NOT NULL, 
	message_id INTEGER NOT NULL, 
	cresce BOOLEAN NOT NULL, 
	pendente BOOLEAN NOT NULL, 
	mostrado_em DATETIME NOT NULL, 
	chamada_id INTEGER NOT NULL, 
	encerrado_em DATETIME, 
	CONSTRAINT fk_andamentos_contato_id FOREIGN KEY(contato_id) REFERENCES contatos (id), 
	CONSTRAINT fk_andamentos_execucao_id FOREIGN KEY(execucao_id) REFERENCES execucoes (id), 
	CONSTRAINT uq_andamentos_execucao_id_contato_id UNIQUE (execucao_id, contato_id)
);
CREATE TABLE answered_calls (
	id TEXT NOT NULL, 
	content TEXT NOT NULL, 
	status INTEGER, 
	headers TEXT, 
	body TEXT, 
	answered_at DATETIME NOT NULL, 
	CONSTRAINT pk_answered_calls PRIMARY KEY (id)
);
CREATE TABLE aprovacoes (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	processo_id CHAR(32) NOT NULL, 
	versao INTEGER NOT NULL, 
	usuario_id CHAR(32) NOT NULL, 
	em_nome_de_usuario_id CHAR(32), 
	decisao TEXT NOT NULL, 
	motivo TEXT, 
	canal TEXT NOT NULL, 
	mostrado TEXT, 
	quando DATETIME NOT NULL, 
	CONSTRAINT fk_aprovacoes_em_nome_de_usuario_id FOREIGN KEY(em_nome_de_usuario_id) REFERENCES usuarios (id), 
	CONSTRAINT fk_aprovacoes_processo_id FOREIGN KEY(processo_id) REFERENCES processos (id), 
	CONSTRAINT fk_aprovacoes_usuario_id FOREIGN KEY(usuario_id) REFERENCES usuarios (id), 
	CONSTRAINT uq_aprovacoes_processo_id_versao_usuario_id UNIQUE (processo_id, versao, usuario_id)
);
CREATE TABLE arquivos (
	id CHAR(32) NOT NULL, 
	contato_id INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	provider_file_id TEXT NOT NULL, 
	object_key TEXT, 
	nome TEXT, 
	mime_type TEXT, 
	tamanho INTEGER, 
	legenda TEXT, 
	erro TEXT, 
	recebido_em DATETIME NOT NULL, 
	guardado_em DATETIME, sugestoes TEXT, senha TEXT, 
	CONSTRAINT pk_arquivos PRIMARY KEY (id), 
	CONSTRAINT fk_arquivos_contato_id FOREIGN KEY(contato_id) REFERENCES contatos (id)
);
CREATE TABLE atendimentos (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	protocolo_id INTEGER NOT NULL, 
	contato_id INTEGER NOT NULL, 
	idioma TEXT NOT NULL, 
	status TEXT NOT NULL, 
	consultor_id INTEGER, 
	destinado_a INTEGER, 
	prioridade INTEGER DEFAULT '1' NOT NULL, 
	na_fila_desde DATETIME NOT NULL, 
	passaram INTEGER DEFAULT '0' NOT NULL, 
	posicao_dita INTEGER, 
	criado_em DATETIME NOT NULL, 
	aceito_em DATETIME, 
	consultor_sumiu_em DATETIME, 
	janela_avisada_em DATETIME, 
	topico_outbox_id INTEGER, 
	pipedrive_activity_id INTEGER, 
	encerrado_em DATETIME, 
	encerrado_por TEXT, 
	avaliacao INTEGER, 
	comentario TEXT, 
	CONSTRAINT fk_atendimentos_consultor_id FOREIGN KEY(consultor_id) REFERENCES consultores (id), 
	CONSTRAINT fk_atendimentos_contato_id FOREIGN KEY(contato_id) REFERENCES contatos (id), 
	CONSTRAINT fk_atendimentos_destinado_a FOREIGN KEY(destinado_a) REFERENCES consultores (id), 
	CONSTRAINT fk_atendimentos_protocolo_id FOREIGN KEY(protocolo_id) REFERENCES protocolos (id), 
	CONSTRAINT uq_atendimentos_protocolo_id UNIQUE (protocolo_id)
);
INSERT INTO "atendimentos" VALUES(1,1,3,'pt','EM_ATENDIMENTO',1,NULL,1,'2026-11-29 16:32:26.823288',0,NULL,'2026-11-29 16:32:26.823288','2026-11-29 16:32:27.089327',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE auditoria (
	numero INTEGER NOT NULL, 
	quando DATETIME NOT NULL, 
	usuario_id CHAR(32), 
	canal TEXT NOT NULL, 
	acao TEXT NOT NULL, 
	alvo TEXT, 
	motivo TEXT, 
	detalhe TEXT, 
	anterior TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_auditoria PRIMARY KEY (numero)
);
INSERT INTO "auditoria" VALUES(1,'2026-11-29 16:32:27.987975',NULL,'linha_de_comando','AGENDAMENTO','agendamento:862a6eb2-7449-47ca-a464-ae5bb19f1302',NULL,'{"campos":["criado"]}','0000000000000000000000000000000000000000000000000000000000000000','22bb321e678efa2b1f27bce49351f2689489b90979ad98df0308a4d605795717');
CREATE TABLE auditoria_cabeca (
	id INTEGER NOT NULL, 
	numero INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_auditoria_cabeca PRIMARY KEY (id)
);
INSERT INTO "auditoria_cabeca" VALUES(1,1,'22bb321e678efa2b1f27bce49351f2689489b90979ad98df0308a4d605795717');
CREATE TABLE cartoes_aprovacao (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	processo_id CHAR(32) NOT NULL, 
	versao INTEGER NOT NULL, 
	contato_id INTEGER NOT NULL, 
	message_id INTEGER NOT NULL, 
	mostrado_em DATETIME NOT NULL, 
	fechado_em DATETIME, 
	CONSTRAINT fk_cartoes_aprovacao_contato_id FOREIGN KEY(contato_id) REFERENCES contatos (id), 
	CONSTRAINT fk_cartoes_aprovacao_processo_id FOREIGN KEY(processo_id) REFERENCES processos (id)
);
INSERT INTO "cartoes_aprovacao" VALUES(1,'01a2282698bb7b38987f91092b624206',2,4,-34,'2026-11-29 16:32:27.951759',NULL);
CREATE TABLE clientes (
	id CHAR(32) NOT NULL, 
	hash_unico TEXT NOT NULL, 
	hash_planilha TEXT, 
	razao_social TEXT NOT NULL, 
	nome_sat TEXT, 
	cnpj TEXT NOT NULL, 
	operadora_id CHAR(32) NOT NULL, 
	unidade TEXT NOT NULL, 
	servico TEXT NOT NULL, 
	filtro TEXT NOT NULL, 
	dados_sat TEXT, 
	site_emissao TEXT, 
	login_portal TEXT, 
	senha_portal TEXT, 
	cpf TEXT, 
	credencial_recusada_em DATETIME, 
	busca TEXT NOT NULL, 
	status_ativo BOOLEAN DEFAULT 1 NOT NULL, 
	criado_em DATETIME NOT NULL, 
	atualizado_em DATETIME NOT NULL, conta_chave TEXT DEFAULT '' NOT NULL, servico_chave TEXT DEFAULT '' NOT NULL, senha_fatura TEXT, 
	CONSTRAINT pk_clientes PRIMARY KEY (id), 
	CONSTRAINT fk_clientes_operadora_id FOREIGN KEY(operadora_id) REFERENCES operadoras (id), 
	CONSTRAINT uq_clientes_cnpj_operadora_id_unidade_servico_filtro UNIQUE (cnpj, operadora_id, unidade, servico, filtro), 
	CONSTRAINT uq_clientes_hash_unico UNIQUE (hash_unico)
);
INSERT INTO "clientes" VALUES('01a2282698bb7577bf362df3ac690ad9','537334e97b650dd0931cd5d599b7265ad95ac3426e2221224aaf02e1547c8d3d',NULL,'Padaria Pão Quente Ltda',NULL,'11222333000181','01a2282698bb7189a7fb9eb363c088a3','','fixo','57a46251',NULL,NULL,NULL,NULL,NULL,NULL,'padaria pao quente ltda 11222333000181 57a46251 fixo',1,'2026-11-29 16:32:27.835772','2026-11-29 16:32:27.835772','','',NULL);
CREATE TABLE codigos_fatura (
	codigo TEXT NOT NULL, 
	documento_id CHAR(32) NOT NULL, 
	CONSTRAINT pk_codigos_fatura PRIMARY KEY (codigo, documento_id), 
	CONSTRAINT fk_codigos_fatura_documento_id FOREIGN KEY(documento_id) REFERENCES documentos_fatura (id)
);
CREATE TABLE consultores (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	nome TEXT NOT NULL, 
	idiomas TEXT NOT NULL, 
	telefone TEXT, 
	usuario_id CHAR(32), 
	id_pipedrive INTEGER, 
	status_ativo BOOLEAN DEFAULT 1 NOT NULL, 
	status_ativo_sequencial BOOLEAN DEFAULT 1 NOT NULL, 
	status_online BOOLEAN DEFAULT 0 NOT NULL, 
	ultimo_atendimento DATETIME, 
	criado_em DATETIME NOT NULL, 
	atualizado_em DATETIME NOT NULL, 
	CONSTRAINT fk_consultores_usuario_id FOREIGN KEY(usuario_id) REFERENCES usuarios (id), 
	CONSTRAINT uq_consultores_telefone UNIQUE (telefone), 
	CONSTRAINT uq_consultores_usuario_id UNIQUE (usuario_id)
);
INSERT INTO "consultores" VALUES(1,'Davi Alves','["pt"]','5531988804003','8f8db42cfb8d4a0ca1cacb1493db38c6',NULL,1,1,1,'2026-11-29 16:32:27.089327','2026-11-29 16:32:26.148803','2026-11-29 16:32:26.227817');
CREATE TABLE contatos (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	channel TEXT NOT NULL, 
	external_id TEXT NOT NULL, 
	scoped_id TEXT, 
	is_group BOOLEAN DEFAULT 0 NOT NULL, 
	telefone TEXT, 
	nome TEXT, 
	idioma TEXT DEFAULT 'pt_BR' NOT NULL, 
	usuario_id CHAR(32), 
	state TEXT, 
	state_data TEXT, 
	choices TEXT, 
	last_inbound_id TEXT, 
	last_inbound_at DATETIME, 
	unreachable_at DATETIME, 
	criado_em DATETIME NOT NULL, atendimento_id INTEGER, pipedrive_person_id INTEGER, 
	CONSTRAINT fk_contatos_usuario_id FOREIGN KEY(usuario_id) REFERENCES usuarios (id), 
	CONSTRAINT uq_contatos_channel_external_id UNIQUE (channel, external_id), 
	CONSTRAINT uq_contatos_channel_scoped_id UNIQUE (channel, scoped_id)
);
INSERT INTO "contatos" VALUES(1,'whatsapp','5531988804000','BR.13491208655302741918',0,'5531988804000','Ana Souza','pt_BR','66360f4bcf38481c8cc650c3fc77dc3e','Vender:resposta','{"_perguntado_em":"2026-11-29T16:32:25.848673+00:00","_perguntado_por":9}',NULL,'wamid.HBgMXXA2o4Quvoetyd4rkj8p-Kr23Z-_jXGK_KnSih1e9t8sIbNfmuNqvg','2026-11-29 16:32:25.000000',NULL,'2026-11-29 16:32:25.547998',NULL,NULL);
INSERT INTO "contatos" VALUES(2,'whatsapp','5531988804003','BR.13491208655302741919',0,'5531988804003','Davi Alves','pt_BR','8f8db42cfb8d4a0ca1cacb1493db38c6',NULL,NULL,NULL,'wamid.HBgM4xB7cftMgcRE2Gvg-OxLEujxdXdOnywoxAk7fUHQMBPcaarb3RApMg','2026-11-29 16:32:26.000000',NULL,'2026-11-29 16:32:26.227817',1,NULL);
INSERT INTO "contatos" VALUES(3,'whatsapp','5531977701000','BR.13491208655302741920',0,'5531977701000','Maria','pt_BR',NULL,NULL,NULL,'[["Encerrar conversa","cliente:encerrar:1","2026-11-29T16:32:27.089327+00:00"]]','wamid.HBgM_GRSqTGLmMWp-NAAQaxJifybgGCdF3_SFVWaWli7GMHtM1_uiCQT-A','2026-11-29 16:32:27.000000',NULL,'2026-11-29 16:32:26.823288',1,NULL);
INSERT INTO "contatos" VALUES(4,'whatsapp','5531988806002','BR.13491208655302741921',0,'5531988806002','Gil Torres','pt_BR','26e1bc1deada40c78922d1184f70c4b8',NULL,NULL,'[["Aprovar","proc:aprovar:01a2282698bb7b38987f91092b624206:2","2026-11-29T16:32:27.951759+00:00"],["Rejeitar","proc:rejeitar:01a2282698bb7b38987f91092b624206:2","2026-11-29T16:32:27.951759+00:00"],["Ver fatura","proc:fatura:01a2282698bb7b38987f91092b624206","2026-11-29T16:32:27.951759+00:00"]]','wamid.HBgMftpLUTUGZJDjPGfoWINzoYvfoVkiocpU8n9CWDkzV-jxdL-5C_UXPA','2026-11-29 16:32:27.000000',NULL,'2026-11-29 16:32:27.577657',NULL,NULL);
CREATE TABLE convites (
	token_hash TEXT NOT NULL, 
	usuario_id CHAR(32) NOT NULL, 
	expira_em DATETIME NOT NULL, 
	usado_em DATETIME, 
	CONSTRAINT pk_convites PRIMARY KEY (token_hash), 
	CONSTRAINT fk_convites_usuario_id FOREIGN KEY(usuario_id) REFERENCES usuarios (id)
);
CREATE TABLE delegacoes (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	de_usuario_id CHAR(32) NOT NULL, 
	para_usuario_id CHAR(32) NOT NULL, 
	inicio DATETIME NOT NULL, 
	fim DATETIME NOT NULL, 
	criada_em DATETIME NOT NULL, 
	revogada_em DATETIME, 
	CONSTRAINT fk_delegacoes_de_usuario_id FOREIGN KEY(de_usuario_id) REFERENCES usuarios (id), 
	CONSTRAINT fk_delegacoes_para_usuario_id FOREIGN KEY(para_usuario_id) REFERENCES usuarios (id)
);
CREATE TABLE documentos_fatura (
	id CHAR(32) NOT NULL, 
	processo_id CHAR(32) NOT NULL, 
	tipo TEXT NOT NULL, 
	nome_arquivo TEXT NOT NULL, 
	content_type TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	tamanho INTEGER NOT NULL, 
	paginas INTEGER, 
	object_key TEXT NOT NULL, 
	guardado_em DATETIME, 
	conteudo BLOB, 
	feito_por_usuario_id CHAR(32), 
	execucao_id CHAR(32), 
	criado_em DATETIME NOT NULL, 
	CONSTRAINT pk_documentos_fatura PRIMARY KEY (id), 
	CONSTRAINT fk_documentos_fatura_execucao_id FOREIGN KEY(execucao_id) REFERENCES execucoes (id), 
	CONSTRAINT fk_documentos_fatura_feito_por_usuario_id FOREIGN KEY(feito_por_usuario_id) REFERENCES usuarios (id), 
	CONSTRAINT fk_documentos_fatura_processo_id FOREIGN KEY(processo_id) REFERENCES processos (id), 
	CONSTRAINT uq_documentos_fatura_object_key UNIQUE (object_key), 
	CONSTRAINT uq_documentos_fatura_processo_id_sha256 UNIQUE (processo_id, sha256)
);
INSERT INTO "documentos_fatura" VALUES('01a2282698bb7c248ba1bfdd51b5dcf2','01a2282698bb7b38987f91092b624206','FATURA','fatura.pdf','application/pdf','4b3dc3984a98ce11659d8ed2e666f14e90321be337d9f5a5a8f966ea86e10644',51,NULL,'faturas/2026/11/01a22826-98bb-7c24-8ba1-bfdd51b5dcf2.pdf','2026-11-29 16:32:27.981051',NULL,NULL,NULL,'2026-11-29 16:32:27.835772');
CREATE TABLE early_callbacks (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	job_id TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	received_at DATETIME NOT NULL
);
CREATE TABLE events (
	channel TEXT NOT NULL, 
	event_id TEXT NOT NULL, 
	received_at DATETIME NOT NULL, 
	CONSTRAINT pk_events PRIMARY KEY (channel, event_id)
);
INSERT INTO "events" VALUES('whatsapp','wamid.HBgMQwQr7he9bix4jk9aonR4bBDM8KJP5CS7i5KW1Ijvi36iIj0cjjCTLg','2026-11-29 16:32:25.547998');
INSERT INTO "events" VALUES('whatsapp','wamid.HBgMXXA2o4Quvoetyd4rkj8p-Kr23Z-_jXGK_KnSih1e9t8sIbNfmuNqvg','2026-11-29 16:32:25.709401');
INSERT INTO "events" VALUES('rpa','654f4c85-bdb5-4594-ba43-c7e8f5538ea5:1:job.question','2026-11-29 16:32:25.848673');
INSERT INTO "events" VALUES('whatsapp','wamid.HBgMqDZUA5MqS2efRUI18aIdnauNT6gQsKtTHZgdb2Q2vwrpS92IFJEDgQ','2026-11-29 16:32:26.227817');
INSERT INTO "events" VALUES('turn','10','2026-11-29 16:32:26.593655');
INSERT INTO "events" VALUES('turn','12','2026-11-29 16:32:26.684563');
INSERT INTO "events" VALUES('whatsapp','wamid.HBgMDQG2ORscLqKev5kjsjBL9NWRgkXvI1EUN7K5hrDYnP2DLTN-kxN6gw','2026-11-29 16:32:26.823288');
INSERT INTO "events" VALUES('turn','16','2026-11-29 16:32:26.864852');
INSERT INTO "events" VALUES('whatsapp','wamid.HBgM4xB7cftMgcRE2Gvg-OxLEujxdXdOnywoxAk7fUHQMBPcaarb3RApMg','2026-11-29 16:32:27.089327');
INSERT INTO "events" VALUES('turn','23','2026-11-29 16:32:27.272669');
INSERT INTO "events" VALUES('whatsapp','wamid.HBgM_GRSqTGLmMWp-NAAQaxJifybgGCdF3_SFVWaWli7GMHtM1_uiCQT-A','2026-11-29 16:32:27.288359');
INSERT INTO "events" VALUES('whatsapp','wamid.HBgMftpLUTUGZJDjPGfoWINzoYvfoVkiocpU8n9CWDkzV-jxdL-5C_UXPA','2026-11-29 16:32:27.577657');
INSERT INTO "events" VALUES('turn','33','2026-11-29 16:32:27.951759');
CREATE TABLE exames (
	documento_id CHAR(32) NOT NULL, 
	veredito TEXT NOT NULL, 
	campos TEXT NOT NULL, 
	valor_centavos INTEGER, 
	data_vencimento DATE, 
	linha TEXT NOT NULL, 
	referencia INTEGER, 
	favorecidos TEXT NOT NULL, 
	feito_em DATETIME NOT NULL, 
	CONSTRAINT pk_exames PRIMARY KEY (documento_id), 
	CONSTRAINT fk_exames_documento_id FOREIGN KEY(documento_id) REFERENCES documentos_fatura (id)
);
CREATE TABLE execucoes (
	id CHAR(32) NOT NULL, 
	processo_id CHAR(32) NOT NULL, 
	operadora_id CHAR(32) NOT NULL, 
	tipo_execucao TEXT NOT NULL, 
	status_execucao TEXT NOT NULL, 
	classe_rpa_utilizada TEXT, 
	job_id TEXT, 
	parametros_entrada TEXT, 
	resultado_saida TEXT, 
	detalhes_erro TEXT, 
	progresso TEXT, 
	data_inicio DATETIME NOT NULL, 
	data_fim DATETIME, 
	mensagem_log TEXT, 
	url_arquivo_s3 TEXT, 
	numero_tentativa INTEGER DEFAULT '1' NOT NULL, 
	executado_por_usuario_id CHAR(32), 
	ip_origem TEXT, 
	user_agent TEXT, 
	devida_em DATETIME NOT NULL, 
	enviada_em DATETIME, 
	sinal_em DATETIME NOT NULL, 
	polled_at DATETIME, 
	CONSTRAINT pk_execucoes PRIMARY KEY (id), 
	CONSTRAINT fk_execucoes_executado_por_usuario_id FOREIGN KEY(executado_por_usuario_id) REFERENCES usuarios (id), 
	CONSTRAINT fk_execucoes_operadora_id FOREIGN KEY(operadora_id) REFERENCES operadoras (id), 
	CONSTRAINT fk_execucoes_processo_id FOREIGN KEY(processo_id) REFERENCES processos (id), 
	CONSTRAINT uq_execucoes_job_id UNIQUE (job_id)
);
CREATE TABLE execucoes_agendamento (
	id CHAR(32) NOT NULL, 
	agendamento_id CHAR(32) NOT NULL, 
	devido_em DATETIME NOT NULL, 
	status TEXT NOT NULL, 
	pedida_por CHAR(32), 
	puladas INTEGER DEFAULT '0' NOT NULL, 
	criada_em DATETIME NOT NULL, 
	iniciada_em DATETIME, 
	terminada_em DATETIME, 
	avisada_em DATETIME, 
	resultado TEXT, 
	erro TEXT, 
	CONSTRAINT pk_execucoes_agendamento PRIMARY KEY (id), 
	CONSTRAINT fk_execucoes_agendamento_agendamento_id FOREIGN KEY(agendamento_id) REFERENCES agendamentos (id), 
	CONSTRAINT fk_execucoes_agendamento_pedida_por FOREIGN KEY(pedida_por) REFERENCES usuarios (id), 
	CONSTRAINT uq_execucoes_agendamento_agendamento_id_devido_em UNIQUE (agendamento_id, devido_em)
);
CREATE TABLE failed_events (
	channel TEXT NOT NULL, 
	event_id TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	payload TEXT, 
	error TEXT NOT NULL, 
	last_at DATETIME NOT NULL, 
	dead_at DATETIME, 
	CONSTRAINT pk_failed_events PRIMARY KEY (channel, event_id)
);
CREATE TABLE historico (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	processo_id CHAR(32) NOT NULL, 
	quando DATETIME NOT NULL, 
	usuario_id CHAR(32), 
	em_nome_de_usuario_id CHAR(32), 
	canal TEXT NOT NULL, 
	acao TEXT NOT NULL, 
	de TEXT, 
	para TEXT, 
	motivo TEXT, 
	detalhe TEXT, 
	CONSTRAINT fk_historico_em_nome_de_usuario_id FOREIGN KEY(em_nome_de_usuario_id) REFERENCES usuarios (id), 
	CONSTRAINT fk_historico_processo_id FOREIGN KEY(processo_id) REFERENCES processos (id), 
	CONSTRAINT fk_historico_usuario_id FOREIGN KEY(usuario_id) REFERENCES usuarios (id)
);
INSERT INTO "historico" VALUES(1,'01a2282698bb7b38987f91092b624206','2026-11-29 16:32:27.835772',NULL,NULL,'robo','CRIAR',NULL,'AGUARDANDO_DOWNLOAD',NULL,NULL);
INSERT INTO "historico" VALUES(2,'01a2282698bb7b38987f91092b624206','2026-11-29 16:32:27.835772',NULL,NULL,'robo','RECEBER','AGUARDANDO_DOWNLOAD','AGUARDANDO_APROVACAO',NULL,'{"tipo":"FATURA","sha256":"4b3dc3984a98ce11659d8ed2e666f14e90321be337d9f5a5a8f966ea86e10644"}');
CREATE TABLE importacoes (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	arquivo_id CHAR(32) NOT NULL, 
	contato_id INTEGER NOT NULL, 
	usuario_id CHAR(32) NOT NULL, 
	o_que TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	estado TEXT NOT NULL, 
	total INTEGER NOT NULL, 
	pecas INTEGER DEFAULT '0' NOT NULL, 
	criados INTEGER DEFAULT '0' NOT NULL, 
	alterados INTEGER DEFAULT '0' NOT NULL, 
	sem_mudanca INTEGER DEFAULT '0' NOT NULL, 
	recusadas INTEGER DEFAULT '0' NOT NULL, 
	message_id INTEGER, 
	criada_em DATETIME NOT NULL, 
	confirmada_em DATETIME, 
	terminada_em DATETIME, 
	CONSTRAINT fk_importacoes_contato_id FOREIGN KEY(contato_id) REFERENCES contatos (id), 
	CONSTRAINT fk_importacoes_usuario_id FOREIGN KEY(usuario_id) REFERENCES usuarios (id)
);
CREATE TABLE links_painel (
	token_hash TEXT NOT NULL, 
	usuario_id CHAR(32) NOT NULL, 
	canal TEXT NOT NULL, 
	idioma TEXT NOT NULL, 
	destino TEXT NOT NULL, 
	criado_em DATETIME NOT NULL, 
	expira_em DATETIME NOT NULL, 
	usado_em DATETIME, 
	CONSTRAINT pk_links_painel PRIMARY KEY (token_hash), 
	CONSTRAINT fk_links_painel_usuario_id FOREIGN KEY(usuario_id) REFERENCES usuarios (id)
);
CREATE TABLE logs_compactados (
	execucao_id CHAR(32) NOT NULL, 
	linhas INTEGER NOT NULL, 
	conteudo BLOB NOT NULL, 
	compactado_em DATETIME NOT NULL, 
	CONSTRAINT pk_logs_compactados PRIMARY KEY (execucao_id), 
	CONSTRAINT fk_logs_compactados_execucao_id FOREIGN KEY(execucao_id) REFERENCES execucoes (id)
);
CREATE TABLE logs_execucao (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	execucao_id CHAR(32) NOT NULL, 
	seq INTEGER NOT NULL, 
	timestamp DATETIME NOT NULL, 
	level TEXT NOT NULL, 
	message TEXT NOT NULL, 
	CONSTRAINT fk_logs_execucao_execucao_id FOREIGN KEY(execucao_id) REFERENCES execucoes (id), 
	CONSTRAINT uq_logs_execucao_execucao_id_seq UNIQUE (execucao_id, seq)
);
CREATE TABLE logs_venda (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	venda_id CHAR(32) NOT NULL, 
	seq INTEGER NOT NULL, 
	timestamp DATETIME NOT NULL, 
	level TEXT NOT NULL, 
	message TEXT NOT NULL, 
	CONSTRAINT fk_logs_venda_venda_id FOREIGN KEY(venda_id) REFERENCES vendas (id), 
	CONSTRAINT uq_logs_venda_venda_id_seq UNIQUE (venda_id, seq)
);
CREATE TABLE mensagens (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	atendimento_id INTEGER NOT NULL, 
	autor TEXT NOT NULL, 
	consultor_id INTEGER, 
	tipo TEXT NOT NULL, 
	texto TEXT, 
	arquivo_id CHAR(32), 
	detalhe TEXT, 
	responde_a INTEGER, 
	contato_id INTEGER, 
	inbound_id TEXT, 
	outbox_id INTEGER, 
	quando DATETIME NOT NULL, 
	editada_em DATETIME, 
	CONSTRAINT fk_mensagens_arquivo_id FOREIGN KEY(arquivo_id) REFERENCES arquivos (id), 
	CONSTRAINT fk_mensagens_atendimento_id FOREIGN KEY(atendimento_id) REFERENCES atendimentos (id), 
	CONSTRAINT fk_mensagens_consultor_id FOREIGN KEY(consultor_id) REFERENCES consultores (id), 
	CONSTRAINT fk_mensagens_contato_id FOREIGN KEY(contato_id) REFERENCES contatos (id)
);
INSERT INTO "mensagens" VALUES(1,1,'CLIENTE',NULL,'TEXTO','ainda falta o comprovante',NULL,NULL,NULL,3,'wamid.HBgM_GRSqTGLmMWp-NAAQaxJifybgGCdF3_SFVWaWli7GMHtM1_uiCQT-A',27,'2026-11-29 16:32:27.000000',NULL);
CREATE TABLE message_statuses (
	provider_id TEXT NOT NULL, 
	status TEXT NOT NULL, 
	rank INTEGER NOT NULL, 
	error_code INTEGER, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_message_statuses PRIMARY KEY (provider_id)
);
INSERT INTO "message_statuses" VALUES('wamid.HBgMu8zGJHfjYwAD9ZynkPtYX-tkVBr3v_1VxelnWpCLVCQ2dSVVG6tdaA','read',4,NULL,'2026-11-29 16:32:25.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMfR04F-7hzRoArFhaFtNKuVDXbo6BDrQbAHHtCaeypVhHbdtTlBlKYA','read',4,NULL,'2026-11-29 16:32:25.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMzObdSYc1d1-s42kmozP0MnyEfjbDsednB5osGZaPjCD_CT9T9e708A','read',4,NULL,'2026-11-29 16:32:25.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMAaLu0Id03eWaYcVs0-ljWj8KfRFQBKYpcTx9_qvPlx7B2ZZzUj8VvQ','read',4,NULL,'2026-11-29 16:32:26.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMZ97PebpUMpgfmACQTSVeYzXyk7cjmlRCCk_RxGd9AR8Cxz9LUw3GDg','read',4,NULL,'2026-11-29 16:32:26.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMHQfHZ_651FQ814rXLPSw0Y4Yb9DaRaWfZE7iKWJGU07NnEDBbdGZWQ','read',4,NULL,'2026-11-29 16:32:26.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMNHrba-VPX_F_7asp5PfcQcG_vxUKwziPsLl1GQeT5nfRNtfQJdRaoQ','read',4,NULL,'2026-11-29 16:32:27.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMkkGdB48jBbsFzIr2P_QQ7rDHlmAuR9egeCg9KqPcRg1XjXGh-Grj7g','read',4,NULL,'2026-11-29 16:32:27.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMw82W3o-L_HZpjlEvyxze3NLRhQqe_oxRLxMCJEC4Sep-cfa-WqAmHg','read',4,NULL,'2026-11-29 16:32:27.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMcmonAdNYieEHrZk1qipjlhcXsvLguYD70h0edgku4Vu9xUudGGMFtQ','read',4,NULL,'2026-11-29 16:32:27.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMsXnWoN78RYbbiM9tBtUtqdBfyInNG3TjA2v1j4YZDza_567z_4F_Lw','read',4,NULL,'2026-11-29 16:32:27.000000');
CREATE TABLE ocorrencias (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	quando DATETIME NOT NULL, 
	tipo TEXT NOT NULL, 
	referencia TEXT, 
	detalhe TEXT
);
INSERT INTO "ocorrencias" VALUES(1,'2026-11-29 16:32:27.987975','agendamento_criado','862a6eb2-7449-47ca-a464-ae5bb19f1302','{"por":"linha_de_comando"}');
CREATE TABLE ofertas (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	atendimento_id INTEGER NOT NULL, 
	consultor_id INTEGER NOT NULL, 
	contato_id INTEGER NOT NULL, 
	message_id INTEGER, 
	oferecida_em DATETIME NOT NULL, 
	expira_em DATETIME NOT NULL, 
	respondida_em DATETIME, 
	resposta TEXT, 
	CONSTRAINT fk_ofertas_atendimento_id FOREIGN KEY(atendimento_id) REFERENCES atendimentos (id), 
	CONSTRAINT fk_ofertas_consultor_id FOREIGN KEY(consultor_id) REFERENCES consultores (id), 
	CONSTRAINT fk_ofertas_contato_id FOREIGN KEY(contato_id) REFERENCES contatos (id)
);
INSERT INTO "ofertas" VALUES(1,1,1,2,-19,'2026-11-29 16:32:26.864852','2026-11-29 16:33:26.864852','2026-11-29 16:32:27.089327','ACEITOU');
CREATE TABLE operadoras (
	id CHAR(32) NOT NULL, 
	nome TEXT NOT NULL, 
	codigo TEXT NOT NULL, 
	possui_rpa BOOLEAN DEFAULT 0 NOT NULL, 
	status_ativo BOOLEAN DEFAULT 1 NOT NULL, 
	url_portal TEXT, 
	classe_rpa TEXT, 
	configuracao_rpa TEXT, 
	falhas_seguidas INTEGER DEFAULT '0' NOT NULL, 
	pausada_ate DATETIME, 
	criado_em DATETIME NOT NULL, 
	atualizado_em DATETIME NOT NULL, 
	CONSTRAINT pk_operadoras PRIMARY KEY (id), 
	CONSTRAINT uq_operadoras_codigo UNIQUE (codigo), 
	CONSTRAINT uq_operadoras_nome UNIQUE (nome)
);
INSERT INTO "operadoras" VALUES('01a2282698bb7189a7fb9eb363c088a3','A4Ead3','A4EAD3',1,1,NULL,NULL,NULL,0,NULL,'2026-11-29 16:32:27.835772','2026-11-29 16:32:27.835772');
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	lane TEXT NOT NULL, 
	target TEXT NOT NULL, 
	method TEXT NOT NULL, 
	params TEXT NOT NULL, 
	contato_id INTEGER, 
	request_id TEXT, 
	created_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	done_at DATETIME, 
	error TEXT, 
	provider_id TEXT, sealed_text TEXT, claimed_by TEXT, 
	CONSTRAINT pk_outbox PRIMARY KEY (id)
);
INSERT INTO "outbox" VALUES(1,'contato:1','whatsapp','sendChatAction','{"action":"typing","inbound_id":"wamid.HBgMQwQr7he9bix4jk9aonR4bBDM8KJP5CS7i5KW1Ijvi36iIj0cjjCTLg","to":"5531988804000"}',1,'42174f4b00000002','2026-11-29 16:32:25.547998','2026-11-29 16:32:55.547998',0,'2026-11-29 16:32:25.651274',NULL,NULL,NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(2,'contato:1','whatsapp','sendMessage','{"text":"Nova venda no PAP em nome de Ana Souza, matrícula V4000.\n\nPosso começar?","reply_markup":{"inline_keyboard":[[{"text":"SIM","callback_data":"venda:sim"},{"text":"NÃO","callback_data":"venda:nao"}]]},"to":"5531988804000","list_button":"Escolher"}',1,'42174f4b00000002','2026-11-29 16:32:25.547998','2026-11-29 16:32:55.547998',0,'2026-11-29 16:32:25.682524',NULL,'wamid.HBgMu8zGJHfjYwAD9ZynkPtYX-tkVBr3v_1VxelnWpCLVCQ2dSVVG6tdaA',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(3,'contato:1','whatsapp','sendChatAction','{"action":"typing","inbound_id":"wamid.HBgMXXA2o4Quvoetyd4rkj8p-Kr23Z-_jXGK_KnSih1e9t8sIbNfmuNqvg","to":"5531988804000"}',1,'42174f4b00000004','2026-11-29 16:32:25.709401','2026-11-29 16:32:55.709401',0,'2026-11-29 16:32:25.765388',NULL,NULL,NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(4,'live:login:34b13983-7797-4f3e-adff-4e47da40e36e','live','login_emprestado','{"chave":"68d7781849ad4760a438ea6a861e4d1d","event":"login_emprestado","data":{"bo_usuario_id":"34b13983-7797-4f3e-adff-4e47da40e36e","vendedor_id":"66360f4b-cf38-481c-8cc6-50c3fc77dc3e","venda_id":"04cff632-1607-406c-b19f-3124792e6d48","timestamp":"2026-11-29T16:32:25Z"},"perfis":["ADMINISTRADOR"],"usuario_ids":[]}',NULL,'42174f4b00000004','2026-11-29 16:32:25.709401','2026-11-29 16:32:55.709401',0,'2026-11-29 16:32:25.784465',NULL,'1795969945763-1',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(5,'venda:04cff632-1607-406c-b19f-3124792e6d48','rpa','executar_pap','{"venda_id":"04cff632-1607-406c-b19f-3124792e6d48"}',NULL,'42174f4b00000004','2026-11-29 16:32:25.709401','2026-11-29 16:32:55.709401',0,'2026-11-29 16:32:25.876824',NULL,'654f4c85-bdb5-4594-ba43-c7e8f5538ea5',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(6,'live:venda:04cff632-1607-406c-b19f-3124792e6d48','live','venda_iniciada','{"chave":"4db77320128046139aa493c49512b5b0","event":"venda_iniciada","data":{"venda_id":"04cff632-1607-406c-b19f-3124792e6d48","vendedor_id":"66360f4b-cf38-481c-8cc6-50c3fc77dc3e","status_venda":"INICIANDO","timestamp":"2026-11-29T16:32:25Z"},"perfis":["ADMINISTRADOR"],"usuario_ids":["66360f4b-cf38-481c-8cc6-50c3fc77dc3e"]}',NULL,'42174f4b00000004','2026-11-29 16:32:25.709401','2026-11-29 16:32:55.709401',0,'2026-11-29 16:32:25.784465',NULL,'1795969945763-0',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(7,'contato:1','whatsapp','sendMessage','{"text":"🤖 Venda iniciada. Estou entrando no portal; já volto com as perguntas.","to":"5531988804000"}',1,'42174f4b00000004','2026-11-29 16:32:25.709401','2026-11-29 16:32:55.709401',0,'2026-11-29 16:32:25.824154',NULL,'wamid.HBgMfR04F-7hzRoArFhaFtNKuVDXbo6BDrQbAHHtCaeypVhHbdtTlBlKYA',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(8,'live:venda:04cff632-1607-406c-b19f-3124792e6d48','live','venda_pergunta_feita','{"chave":"8614fd9cff4e466a9427009ae361b70c","event":"venda_pergunta_feita","data":{"venda_id":"04cff632-1607-406c-b19f-3124792e6d48","vendedor_id":"66360f4b-cf38-481c-8cc6-50c3fc77dc3e","status_venda":"AGUARDANDO_RESPOSTA","tipo":"cep","timestamp":"2026-11-29T16:32:25Z"},"perfis":["ADMINISTRADOR"],"usuario_ids":["66360f4b-cf38-481c-8cc6-50c3fc77dc3e"]}',NULL,'42174f4b00000009','2026-11-29 16:32:25.848673','2026-11-29 16:32:55.848673',0,'2026-11-29 16:32:25.904560',NULL,'1795969945881-0',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(9,'contato:1','whatsapp','sendMessage','{"text":"Qual é o CEP da instalação?\n\nCEP, 8 números.","to":"5531988804000"}',1,'42174f4b00000009','2026-11-29 16:32:25.848673','2026-11-29 16:32:55.848673',0,'2026-11-29 16:32:25.904560',NULL,'wamid.HBgMzObdSYc1d1-s42kmozP0MnyEfjbDsednB5osGZaPjCD_CT9T9e708A',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(10,'presenca:8f8db42c-fb8d-4a0c-a1ca-cb1493db38c6','turn','presenca','{"usuario_id":"8f8db42c-fb8d-4a0c-a1ca-cb1493db38c6","motivo":"sinal","quando":"2026-11-29T16:32:26.227817Z"}',NULL,'42174f4b0000000e','2026-11-29 16:32:26.227817','2026-11-29 16:32:56.227817',0,'2026-11-29 16:32:26.771993',NULL,NULL,NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(11,'contato:2','whatsapp','sendChatAction','{"action":"typing","inbound_id":"wamid.HBgMqDZUA5MqS2efRUI18aIdnauNT6gQsKtTHZgdb2Q2vwrpS92IFJEDgQ","to":"5531988804003"}',2,'42174f4b0000000e','2026-11-29 16:32:26.227817','2026-11-29 16:32:56.227817',0,'2026-11-29 16:32:26.771993',NULL,NULL,NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(12,'atendimentos','turn','distribuir','{}',NULL,'42174f4b0000000e','2026-11-29 16:32:26.227817','2026-11-29 16:32:56.227817',0,'2026-11-29 16:32:26.771993',NULL,NULL,NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(13,'live:presenca:8f8db42c-fb8d-4a0c-a1ca-cb1493db38c6','live','agent_presence_changed','{"chave":"7379e58afd2b48a9bcf2dcf2014b77aa","event":"agent_presence_changed","data":{"agent_id":"8f8db42c-fb8d-4a0c-a1ca-cb1493db38c6","status":"online","message":"","timestamp":"2026-11-29T16:32:26Z"},"perfis":["ADMINISTRADOR","APROVADOR","BACKOFFICE","CONSULTOR","OPERADOR","VENDEDOR"],"usuario_ids":["8f8db42c-fb8d-4a0c-a1ca-cb1493db38c6"]}',NULL,'42174f4b0000000e','2026-11-29 16:32:26.227817','2026-11-29 16:32:56.227817',0,'2026-11-29 16:32:26.738956',NULL,'1795969946594-0',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(14,'contato:2','whatsapp','sendMessage','{"text":"🟢 Você está online.","reply_markup":{"inline_keyboard":[[{"text":"Ocupado","callback_data":"palavra:OCUPADO"},{"text":"Ausente","callback_data":"palavra:AUSENTE"}],[{"text":"Offline","callback_data":"palavra:OFFLINE"}]]},"to":"5531988804003","list_button":"Escolher"}',2,'42174f4b0000000e','2026-11-29 16:32:26.227817','2026-11-29 16:32:56.227817',0,'2026-11-29 16:32:26.795822',NULL,'wamid.HBgMAaLu0Id03eWaYcVs0-ljWj8KfRFQBKYpcTx9_qvPlx7B2ZZzUj8VvQ',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(15,'contato:3','whatsapp','sendChatAction','{"action":"typing","inbound_id":"wamid.HBgMDQG2ORscLqKev5kjsjBL9NWRgkXvI1EUN7K5hrDYnP2DLTN-kxN6gw","to":"5531977701000"}',3,'42174f4b00000010','2026-11-29 16:32:26.823288','2026-11-29 16:32:56.823288',0,'2026-11-29 16:32:26.915980',NULL,NULL,NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(16,'atendimentos','turn','distribuir','{}',NULL,'42174f4b00000010','2026-11-29 16:32:26.823288','2026-11-29 16:32:56.823288',0,'2026-11-29 16:32:27.039876',NULL,NULL,NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(17,'live:atendimento:1','live','atendimento_aberto','{"chave":"a51e31c374684515ae3b49d1f8dfbf63","event":"atendimento_aberto","data":{"atendimento_id":1,"protocolo":"#00001","status":"NA_FILA","idioma":"pt","consultor_id":null,"timestamp":"2026-11-29T16:32:26Z"},"perfis":["ADMINISTRADOR","CONSULTOR"],"usuario_ids":[]}',NULL,'42174f4b00000010','2026-11-29 16:32:26.823288','2026-11-29 16:32:56.823288',0,'2026-11-29 16:32:27.039876',NULL,'1795969946863-0',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(18,'contato:3','whatsapp','sendMessage','{"text":"Seu protocolo: #00001\nEstou chamando um consultor para você.\nSe quiser, já pode escrever o que precisa.","reply_markup":{"inline_keyboard":[[{"text":"Desistir","callback_data":"cliente:desistir:1"}]]},"to":"5531977701000","list_button":"Escolher"}',3,'42174f4b00000010','2026-11-29 16:32:26.823288','2026-11-29 16:32:56.823288',0,'2026-11-29 16:32:27.252427',NULL,'wamid.HBgMHQfHZ_651FQ814rXLPSw0Y4Yb9DaRaWfZE7iKWJGU07NnEDBbdGZWQ',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(19,'contato:2','whatsapp','sendMessage','{"text":"🔔 Maria quer falar com um consultor.\nProtocolo #00001 · Português\nAcabou de chegar.\nWhatsApp · janela até 30/11 13:32","reply_markup":{"inline_keyboard":[[{"text":"Aceitar","callback_data":"oferta:aceitar:1"},{"text":"Passar","callback_data":"oferta:passar:1"}]]},"to":"5531988804003","list_button":"Escolher"}',2,'42174f4b00000010','2026-11-29 16:32:26.864852','2026-11-29 16:32:56.864852',0,'2026-11-29 16:32:27.039876',NULL,'wamid.HBgMZ97PebpUMpgfmACQTSVeYzXyk7cjmlRCCk_RxGd9AR8Cxz9LUw3GDg',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(20,'live:atendimento:1','live','atendimento_oferecido','{"chave":"80ada99a6dd14613bdd0f7c8e6a2b74a","event":"atendimento_oferecido","data":{"atendimento_id":1,"protocolo":"#00001","status":"NA_FILA","idioma":"pt","consultor_id":1,"ultimo_atendimento":null,"timestamp":"2026-11-29T16:32:26Z"},"perfis":["ADMINISTRADOR","CONSULTOR"],"usuario_ids":[]}',NULL,'42174f4b00000010','2026-11-29 16:32:26.864852','2026-11-29 16:32:56.864852',0,'2026-11-29 16:32:27.282073',NULL,'1795969947061-0',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(21,'contato:2','whatsapp','sendChatAction','{"action":"typing","inbound_id":"wamid.HBgM4xB7cftMgcRE2Gvg-OxLEujxdXdOnywoxAk7fUHQMBPcaarb3RApMg","to":"5531988804003"}',2,'42174f4b00000015','2026-11-29 16:32:27.089327','2026-11-29 16:32:57.089327',0,'2026-11-29 16:32:27.282073',NULL,NULL,NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(22,'crm:3','pipedrive','atendimento','{"atendimento_id":1,"contato_id":3}',NULL,'42174f4b00000015','2026-11-29 16:32:27.089327','2026-11-29 16:32:57.089327',0,'2026-11-29 16:32:27.282073',NULL,NULL,NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(23,'atendimentos','turn','distribuir','{}',NULL,'42174f4b00000015','2026-11-29 16:32:27.089327','2026-11-29 16:32:57.089327',0,'2026-11-29 16:32:27.331583',NULL,NULL,NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(24,'live:atendimento:1','live','atendimento_aceito','{"chave":"6fe5df4f11ac4165abc8b4824cd1c217","event":"atendimento_aceito","data":{"atendimento_id":1,"protocolo":"#00001","status":"EM_ATENDIMENTO","idioma":"pt","consultor_id":1,"timestamp":"2026-11-29T16:32:27Z"},"perfis":["ADMINISTRADOR","CONSULTOR"],"usuario_ids":[]}',NULL,'42174f4b00000015','2026-11-29 16:32:27.089327','2026-11-29 16:32:57.089327',0,'2026-11-29 16:32:27.369640',NULL,'1795969947285-0',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(25,'contato:3','whatsapp','sendMessage','{"text":"Agora você fala com Davi Alves. Protocolo #00001.","reply_markup":{"inline_keyboard":[[{"text":"Encerrar conversa","callback_data":"cliente:encerrar:1"}]]},"to":"5531977701000","list_button":"Escolher"}',3,'42174f4b00000015','2026-11-29 16:32:27.089327','2026-11-29 16:32:57.089327',0,'2026-11-29 16:32:27.331583',NULL,'wamid.HBgMNHrba-VPX_F_7asp5PfcQcG_vxUKwziPsLl1GQeT5nfRNtfQJdRaoQ',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(26,'contato:2','whatsapp','sendMessage','{"text":"✅ Você atende Maria, protocolo #00001. O que escrever aqui vai para Maria.","to":"5531988804003"}',2,'42174f4b00000015','2026-11-29 16:32:27.089327','2026-11-29 16:32:57.089327',0,'2026-11-29 16:32:27.369640',NULL,'wamid.HBgMkkGdB48jBbsFzIr2P_QQ7rDHlmAuR9egeCg9KqPcRg1XjXGh-Grj7g',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(27,'contato:2','whatsapp','sendMessage','{"to":"5531988804003","text":"ainda falta o comprovante","atendimento":1,"about":{"mensagem_id":1}}',2,'42174f4b0000001a','2026-11-29 16:32:27.288359','2026-11-29 16:32:57.288359',0,NULL,NULL,NULL,NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(28,'contato:4','whatsapp','sendChatAction','{"action":"typing","inbound_id":"wamid.HBgMftpLUTUGZJDjPGfoWINzoYvfoVkiocpU8n9CWDkzV-jxdL-5C_UXPA","to":"5531988806002"}',4,'42174f4b00000022','2026-11-29 16:32:27.577657','2026-11-29 16:32:57.577657',0,'2026-11-29 16:32:27.828964',NULL,NULL,NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(29,'contato:4','whatsapp','sendMessage','{"text":"O que você quer fazer, Gil?","reply_markup":{"inline_keyboard":[[{"text":"Faturas que esperam aprovação","callback_data":"palavra:PENDENTES"}],[{"text":"Quem aprova em meu nome","callback_data":"palavra:DELEGAR"}],[{"text":"Como estão as faturas do mês","callback_data":"palavra:PROCESSOS"}],[{"text":"Abrir o painel no navegador","callback_data":"palavra:PAINEL"}],[{"text":"Mudar o idioma","callback_data":"palavra:IDIOMA"}],[{"text":"O que posso pedir aqui","callback_data":"palavra:AJUDA"}]]},"to":"5531988806002","list_button":"Escolher"}',4,'42174f4b00000022','2026-11-29 16:32:27.577657','2026-11-29 16:32:57.577657',0,'2026-11-29 16:32:27.879024',NULL,'wamid.HBgMcmonAdNYieEHrZk1qipjlhcXsvLguYD70h0edgku4Vu9xUudGGMFtQ',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(30,'live:processo:01a22826-98bb-7b38-987f-91092b624206','live','processo_criado','{"chave":"5d90ca867e9840b588ad7c48c052d046","event":"processo_criado","data":{"processo_id":"01a22826-98bb-7b38-987f-91092b624206","cliente_id":"01a22826-98bb-7577-bf36-2df3ac690ad9","mes_ano":"11/2026","operadora":"A4EAD3","status_processo":"AGUARDANDO_DOWNLOAD","versao":1,"timestamp":"2026-11-29T16:32:27Z"},"perfis":["ADMINISTRADOR","APROVADOR","OPERADOR"],"usuario_ids":[]}',NULL,NULL,'2026-11-29 16:32:27.835772','2026-11-29 16:32:57.835772',0,'2026-11-29 16:32:27.972601',NULL,'1795969947881-0',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(31,'documento:01a22826-98bb-7c24-8ba1-bfdd51b5dcf2','armazenamento','guardar','{"documento_id":"01a22826-98bb-7c24-8ba1-bfdd51b5dcf2"}',NULL,NULL,'2026-11-29 16:32:27.835772','2026-11-29 16:32:57.835772',0,'2026-11-29 16:32:28.014507',NULL,'faturas/2026/11/01a22826-98bb-7c24-8ba1-bfdd51b5dcf2.pdf',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(32,'live:processo:01a22826-98bb-7b38-987f-91092b624206','live','processo_fatura_recebida','{"chave":"57005d8ba2a04fbe9c8393c2ffd57760","event":"processo_fatura_recebida","data":{"processo_id":"01a22826-98bb-7b38-987f-91092b624206","cliente_id":"01a22826-98bb-7577-bf36-2df3ac690ad9","mes_ano":"11/2026","operadora":"A4EAD3","status_processo":"AGUARDANDO_APROVACAO","versao":2,"timestamp":"2026-11-29T16:32:27Z"},"perfis":["ADMINISTRADOR","APROVADOR","OPERADOR"],"usuario_ids":[]}',NULL,NULL,'2026-11-29 16:32:27.835772','2026-11-29 16:32:57.835772',0,'2026-11-29 16:32:28.014507',NULL,'1795969947983-0',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(33,'cartoes:01a22826-98bb-7b38-987f-91092b624206','turn','cartoes_aprovacao','{"processo_id":"01a22826-98bb-7b38-987f-91092b624206"}',NULL,NULL,'2026-11-29 16:32:27.835772','2026-11-29 16:32:57.835772',0,'2026-11-29 16:32:28.007369',NULL,NULL,NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
INSERT INTO "outbox" VALUES(34,'contato:4','whatsapp','sendMessage','{"text":"🧾 Padaria Pão Quente Ltda · A4EAD3 · 11/2026\nValor: R$ 123,45\nVencimento: –\nArquivo: fatura.pdf\nTestemunhas: o arquivo não foi examinado.","reply_markup":{"inline_keyboard":[[{"text":"Aprovar","callback_data":"proc:aprovar:01a2282698bb7b38987f91092b624206:2"},{"text":"Rejeitar","callback_data":"proc:rejeitar:01a2282698bb7b38987f91092b624206:2"}],[{"text":"Ver fatura","callback_data":"proc:fatura:01a2282698bb7b38987f91092b624206"}]]},"to":"5531988806002","list_button":"Escolher"}',4,NULL,'2026-11-29 16:32:27.951759','2026-11-29 16:32:57.951759',0,'2026-11-29 16:32:28.007369',NULL,'wamid.HBgMsXnWoN78RYbbiM9tBtUtqdBfyInNG3TjA2v1j4YZDza_567z_4F_Lw',NULL,'a1d625e48b1e42aa8f25e4e90727b53b');
CREATE TABLE pap_bo_em_uso (
	epoch INTEGER NOT NULL, 
	bo_usuario_id CHAR(32) NOT NULL, 
	vendedor_id CHAR(32) NOT NULL, 
	telefone TEXT NOT NULL, 
	venda_id CHAR(32) NOT NULL, 
	desde DATETIME NOT NULL, 
	expira_em DATETIME NOT NULL, 
	liberado_em DATETIME, 
	motivo_liberacao TEXT, 
	CONSTRAINT pk_pap_bo_em_uso PRIMARY KEY (epoch), 
	CONSTRAINT fk_pap_bo_em_uso_bo_usuario_id FOREIGN KEY(bo_usuario_id) REFERENCES usuarios (id), 
	CONSTRAINT fk_pap_bo_em_uso_venda_id FOREIGN KEY(venda_id) REFERENCES vendas (id), 
	CONSTRAINT fk_pap_bo_em_uso_vendedor_id FOREIGN KEY(vendedor_id) REFERENCES usuarios (id)
);
INSERT INTO "pap_bo_em_uso" VALUES(1,'34b1398377974f3eadff4e47da40e36e','66360f4bcf38481c8cc650c3fc77dc3e','5531988804000','04cff6321607406cb19f3124792e6d48','2026-11-29 16:32:25.709401','2026-11-29 17:02:25.848673',NULL,NULL);
CREATE TABLE pap_bo_fila (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	venda_id CHAR(32) NOT NULL, 
	entrou_em DATETIME NOT NULL, 
	CONSTRAINT fk_pap_bo_fila_venda_id FOREIGN KEY(venda_id) REFERENCES vendas (id), 
	CONSTRAINT uq_pap_bo_fila_venda_id UNIQUE (venda_id)
);
CREATE TABLE passos_venda (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	venda_id CHAR(32) NOT NULL, 
	passo TEXT NOT NULL, 
	quando DATETIME NOT NULL, 
	usuario_id CHAR(32), 
	canal TEXT, 
	detalhe TEXT, 
	CONSTRAINT fk_passos_venda_usuario_id FOREIGN KEY(usuario_id) REFERENCES usuarios (id), 
	CONSTRAINT fk_passos_venda_venda_id FOREIGN KEY(venda_id) REFERENCES vendas (id)
);
INSERT INTO "passos_venda" VALUES(1,'04cff6321607406cb19f3124792e6d48','INICIO','2026-11-29 16:32:25.709401',NULL,NULL,NULL);
INSERT INTO "passos_venda" VALUES(2,'04cff6321607406cb19f3124792e6d48','PERGUNTA','2026-11-29 16:32:25.848673',NULL,NULL,'{"texto":"Qual é o CEP da instalação?","tipo":"cep"}');
CREATE TABLE perguntas_execucao (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	execucao_id CHAR(32) NOT NULL, 
	pergunta_id TEXT NOT NULL, 
	pergunta TEXT NOT NULL, 
	seq INTEGER, 
	feita_em DATETIME NOT NULL, 
	usuario_id CHAR(32), 
	contato_id INTEGER, 
	message_id INTEGER, 
	vence_em DATETIME, 
	perguntados TEXT NOT NULL, 
	desfecho TEXT, 
	encerrada_em DATETIME, 
	entregue_em DATETIME, 
	CONSTRAINT fk_perguntas_execucao_contato_id FOREIGN KEY(contato_id) REFERENCES contatos (id), 
	CONSTRAINT fk_perguntas_execucao_execucao_id FOREIGN KEY(execucao_id) REFERENCES execucoes (id), 
	CONSTRAINT fk_perguntas_execucao_usuario_id FOREIGN KEY(usuario_id) REFERENCES usuarios (id)
);
CREATE TABLE presence_changes (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	usuario_id CHAR(32) NOT NULL, 
	status TEXT NOT NULL, 
	status_message TEXT, 
	via TEXT NOT NULL, 
	quando DATETIME NOT NULL, 
	CONSTRAINT fk_presence_changes_usuario_id FOREIGN KEY(usuario_id) REFERENCES usuarios (id)
);
INSERT INTO "presence_changes" VALUES(1,'8f8db42cfb8d4a0ca1cacb1493db38c6','online',NULL,'chat','2026-11-29 16:32:26.227817');
CREATE TABLE processos (
	id CHAR(32) NOT NULL, 
	cliente_id CHAR(32) NOT NULL, 
	mes_ano TEXT NOT NULL, 
	competencia INTEGER NOT NULL, 
	status_processo TEXT NOT NULL, 
	versao INTEGER DEFAULT '1' NOT NULL, 
	url_fatura TEXT, 
	caminho_s3_fatura TEXT, 
	fatura_s3_key TEXT, 
	fatura_filename TEXT, 
	documento_id CHAR(32), 
	data_vencimento DATE, 
	valor_centavos INTEGER, 
	aprovado_por_usuario_id CHAR(32), 
	data_aprovacao DATETIME, 
	motivo_rejeicao TEXT, 
	aprovacoes_necessarias INTEGER DEFAULT '1' NOT NULL, 
	enviado_para_sat BOOLEAN DEFAULT 0 NOT NULL, 
	data_envio_sat DATETIME, 
	envio_automatico_em DATETIME, 
	tentativas_download INTEGER DEFAULT '0' NOT NULL, 
	tentativas_upload_sat INTEGER DEFAULT '0' NOT NULL, 
	upload_manual BOOLEAN DEFAULT 0 NOT NULL, 
	data_upload_manual DATETIME, 
	enviado_por_usuario_id CHAR(32), 
	criado_automaticamente BOOLEAN DEFAULT 0 NOT NULL, 
	status_ativo BOOLEAN DEFAULT 1 NOT NULL, 
	criado_em DATETIME NOT NULL, 
	atualizado_em DATETIME NOT NULL, 
	CONSTRAINT pk_processos PRIMARY KEY (id), 
	CONSTRAINT fk_processos_aprovado_por_usuario_id FOREIGN KEY(aprovado_por_usuario_id) REFERENCES usuarios (id), 
	CONSTRAINT fk_processos_cliente_id FOREIGN KEY(cliente_id) REFERENCES clientes (id), 
	CONSTRAINT fk_processos_enviado_por_usuario_id FOREIGN KEY(enviado_por_usuario_id) REFERENCES usuarios (id), 
	CONSTRAINT uq_processos_cliente_id_mes_ano UNIQUE (cliente_id, mes_ano)
);
INSERT INTO "processos" VALUES('01a2282698bb7b38987f91092b624206','01a2282698bb7577bf362df3ac690ad9','11/2026',202611,'AGUARDANDO_APROVACAO',2,NULL,'faturas/2026/11/01a22826-98bb-7c24-8ba1-bfdd51b5dcf2.pdf','01a22826-98bb-7c24-8ba1-bfdd51b5dcf2.pdf','fatura.pdf','01a2282698bb7c248ba1bfdd51b5dcf2',NULL,12345,NULL,NULL,NULL,1,0,NULL,NULL,0,0,0,NULL,NULL,0,1,'2026-11-29 16:32:27.835772','2026-11-29 16:32:27.835772');
CREATE TABLE protocolo_contador (
	id INTEGER NOT NULL, 
	ultimo INTEGER NOT NULL, 
	CONSTRAINT pk_protocolo_contador PRIMARY KEY (id)
);
INSERT INTO "protocolo_contador" VALUES(1,1);
CREATE TABLE protocolos (
	id INTEGER NOT NULL, 
	consultor_id INTEGER, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_protocolos PRIMARY KEY (id), 
	CONSTRAINT fk_protocolos_consultor_id FOREIGN KEY(consultor_id) REFERENCES consultores (id)
);
INSERT INTO "protocolos" VALUES(1,1,'2026-11-29 16:32:26.823288');
CREATE TABLE respostas_rapidas (
	nome TEXT NOT NULL, 
	texto TEXT NOT NULL, 
	criada_por CHAR(32) NOT NULL, 
	atualizada_em DATETIME NOT NULL, 
	CONSTRAINT pk_respostas_rapidas PRIMARY KEY (nome), 
	CONSTRAINT fk_respostas_rapidas_criada_por FOREIGN KEY(criada_por) REFERENCES usuarios (id)
);
CREATE TABLE rodizio (
	consultor_id INTEGER NOT NULL, 
	idioma TEXT NOT NULL, 
	desde DATETIME NOT NULL, 
	CONSTRAINT pk_rodizio PRIMARY KEY (consultor_id, idioma), 
	CONSTRAINT fk_rodizio_consultor_id FOREIGN KEY(consultor_id) REFERENCES consultores (id)
);
INSERT INTO "rodizio" VALUES(1,'pt','2026-11-29 16:32:27.089327');
CREATE TABLE sessoes_painel (
	id CHAR(32) NOT NULL, 
	token_hash TEXT NOT NULL, 
	usuario_id CHAR(32) NOT NULL, 
	perfil_usuario TEXT NOT NULL, 
	canal TEXT NOT NULL, 
	idioma TEXT NOT NULL, 
	user_agent TEXT NOT NULL, 
	criada_em DATETIME NOT NULL, 
	vista_em DATETIME NOT NULL, 
	expira_em DATETIME NOT NULL, 
	encerrada_em DATETIME, 
	CONSTRAINT pk_sessoes_painel PRIMARY KEY (id), 
	CONSTRAINT fk_sessoes_painel_usuario_id FOREIGN KEY(usuario_id) REFERENCES usuarios (id), 
	CONSTRAINT uq_sessoes_painel_token_hash UNIQUE (token_hash)
);
CREATE TABLE usuarios (
	id CHAR(32) NOT NULL, 
	nome_completo TEXT NOT NULL, 
	email TEXT, 
	telefone TEXT NOT NULL, 
	tel_whatsapp TEXT, 
	perfil_usuario TEXT NOT NULL, 
	matricula_pap TEXT, 
	senha_pap TEXT, 
	autorizar_venda_sem_auditoria BOOLEAN DEFAULT 0 NOT NULL, 
	status_ativo BOOLEAN DEFAULT 1 NOT NULL, 
	login_recusado_em DATETIME, 
	criado_em DATETIME NOT NULL, 
	atualizado_em DATETIME NOT NULL, telefone_em_duvida_desde DATETIME, 
	CONSTRAINT pk_usuarios PRIMARY KEY (id), 
	CONSTRAINT uq_usuarios_email UNIQUE (email), 
	CONSTRAINT uq_usuarios_telefone UNIQUE (telefone)
);
INSERT INTO "usuarios" VALUES('34b1398377974f3eadff4e47da40e36e','Bo Um',NULL,'5531900000001',NULL,'BACKOFFICE','BO0001','v1.6bd85f63.Atavc2ImB8nvd5R9MDEP_Q5LdTiWUPU2cV6kTmQa39NfgFV7QyVod0FsIUhLqJqUa7RI',0,1,NULL,'2026-11-29 16:32:25.353206','2026-11-29 16:32:25.353206',NULL);
INSERT INTO "usuarios" VALUES('66360f4bcf38481c8cc650c3fc77dc3e','Ana Souza',NULL,'5531988804000',NULL,'VENDEDOR','V4000',NULL,1,1,NULL,'2026-11-29 16:32:25.508144','2026-11-29 16:32:25.508144',NULL);
INSERT INTO "usuarios" VALUES('8f8db42cfb8d4a0ca1cacb1493db38c6','Davi Alves',NULL,'5531988804003',NULL,'CONSULTOR',NULL,NULL,0,1,NULL,'2026-11-29 16:32:25.887949','2026-11-29 16:32:25.887949',NULL);
INSERT INTO "usuarios" VALUES('26e1bc1deada40c78922d1184f70c4b8','Gil Torres',NULL,'5531988806002',NULL,'APROVADOR',NULL,NULL,0,1,NULL,'2026-11-29 16:32:27.501288','2026-11-29 16:32:27.501288',NULL);
CREATE TABLE vendas (
	id CHAR(32) NOT NULL, 
	usuario_id CHAR(32) NOT NULL, 
	contato_id INTEGER NOT NULL, 
	status_venda TEXT NOT NULL, 
	bo_usuario_id CHAR(32), 
	epoch INTEGER, 
	job_id TEXT, 
	pergunta TEXT, 
	perguntas_feitas INTEGER DEFAULT '0' NOT NULL, 
	respondida TEXT, 
	progresso TEXT, 
	progresso_message_id INTEGER, 
	numero_pedido TEXT, 
	resultado TEXT, 
	erro TEXT, 
	criada_em DATETIME NOT NULL, 
	atualizada_em DATETIME NOT NULL, 
	polled_at DATETIME, 
	encerrada_em DATETIME, 
	CONSTRAINT pk_vendas PRIMARY KEY (id), 
	CONSTRAINT fk_vendas_bo_usuario_id FOREIGN KEY(bo_usuario_id) REFERENCES usuarios (id), 
	CONSTRAINT fk_vendas_contato_id FOREIGN KEY(contato_id) REFERENCES contatos (id), 
	CONSTRAINT fk_vendas_usuario_id FOREIGN KEY(usuario_id) REFERENCES usuarios (id), 
	CONSTRAINT uq_vendas_job_id UNIQUE (job_id)
);
INSERT INTO "vendas" VALUES('04cff6321607406cb19f3124792e6d48','66360f4bcf38481c8cc650c3fc77dc3e',1,'AGUARDANDO_RESPOSTA','34b1398377974f3eadff4e47da40e36e',1,'654f4c85-bdb5-4594-ba43-c7e8f5538ea5','{"pergunta_id":"p1","texto":"Qual é o CEP da instalação?","tipo":"cep"}',1,NULL,NULL,-7,NULL,NULL,NULL,'2026-11-29 16:32:25.709401','2026-11-29 16:32:25.848673',NULL,NULL);
CREATE INDEX ix_early_callbacks_job_id ON early_callbacks (job_id);
CREATE INDEX ix_events_received_at ON events (received_at);
CREATE INDEX ix_ocorrencias_tipo_referencia ON ocorrencias (tipo, referencia);
CREATE INDEX ix_outbox_done_at ON outbox (done_at);
CREATE INDEX ix_outbox_pending ON outbox (lane, id) WHERE done_at IS NULL;
CREATE INDEX ix_usuarios_tel_whatsapp ON usuarios (tel_whatsapp);
CREATE INDEX ix_contatos_usuario_id ON contatos (usuario_id);
CREATE INDEX ix_vendas_abertas ON vendas (atualizada_em) WHERE encerrada_em IS NULL;
CREATE INDEX ix_vendas_usuario_id_criada_em ON vendas (usuario_id, criada_em);
CREATE UNIQUE INDEX uq_vendas_aberta_por_usuario ON vendas (usuario_id) WHERE encerrada_em IS NULL;
CREATE UNIQUE INDEX uq_pap_bo_em_uso_aberto_por_bo ON pap_bo_em_uso (bo_usuario_id) WHERE liberado_em IS NULL;
CREATE UNIQUE INDEX uq_pap_bo_em_uso_aberto_por_vendedor ON pap_bo_em_uso (vendedor_id) WHERE liberado_em IS NULL;
CREATE INDEX ix_agent_presence_returns_at ON agent_presence (returns_at);
CREATE INDEX ix_agent_presence_asked_at ON agent_presence (asked_at);
CREATE INDEX ix_presence_changes_usuario_id_quando ON presence_changes (usuario_id, quando);
CREATE INDEX ix_contatos_telefone ON contatos (telefone);
CREATE INDEX ix_protocolos_consultor_id_id ON protocolos (consultor_id, id);
CREATE INDEX ix_rodizio_idioma_desde_consultor_id ON rodizio (idioma, desde, consultor_id);
CREATE INDEX ix_atendimentos_abertos_por_consultor ON atendimentos (consultor_id) WHERE encerrado_em IS NULL;
CREATE INDEX ix_atendimentos_contato_id_id ON atendimentos (contato_id, id);
CREATE INDEX ix_atendimentos_fila ON atendimentos (prioridade, na_fila_desde, id) WHERE status = 'NA_FILA';
CREATE UNIQUE INDEX uq_atendimentos_aberto_por_contato ON atendimentos (contato_id) WHERE encerrado_em IS NULL;
CREATE INDEX ix_mensagens_atendimento_id_id ON mensagens (atendimento_id, id);
CREATE INDEX ix_mensagens_contato_id_inbound_id ON mensagens (contato_id, inbound_id);
CREATE INDEX ix_mensagens_outbox_id ON mensagens (outbox_id);
CREATE INDEX ix_ofertas_atendimento_id ON ofertas (atendimento_id);
CREATE INDEX ix_ofertas_consultor_id ON ofertas (consultor_id);
CREATE UNIQUE INDEX uq_ofertas_aberta_por_atendimento ON ofertas (atendimento_id) WHERE respondida_em IS NULL;
CREATE UNIQUE INDEX uq_ofertas_aberta_por_consultor ON ofertas (consultor_id) WHERE respondida_em IS NULL;
CREATE INDEX ix_outbox_provider_id ON outbox (provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX ix_clientes_hash_planilha ON clientes (hash_planilha);
CREATE INDEX ix_clientes_operadora_id_login_portal ON clientes (operadora_id, login_portal);
CREATE INDEX ix_delegacoes_para_usuario_id_fim ON delegacoes (para_usuario_id, fim);
CREATE INDEX ix_processos_envio_automatico_em ON processos (envio_automatico_em) WHERE envio_automatico_em IS NOT NULL;
CREATE INDEX ix_processos_status_vencimento ON processos (status_processo, data_vencimento);
CREATE INDEX ix_execucoes_abertas ON execucoes (operadora_id, devida_em) WHERE data_fim IS NULL;
CREATE INDEX ix_execucoes_processo_id_id ON execucoes (processo_id, id);
CREATE UNIQUE INDEX uq_execucoes_aberta_por_processo ON execucoes (processo_id) WHERE data_fim IS NULL;
CREATE INDEX ix_historico_processo_id_id ON historico (processo_id, id);
CREATE INDEX ix_documentos_fatura_a_guardar ON documentos_fatura (criado_em) WHERE guardado_em IS NULL;
CREATE INDEX ix_documentos_fatura_sha256 ON documentos_fatura (sha256);
CREATE INDEX ix_execucoes_agendamento_abertas ON execucoes_agendamento (criada_em) WHERE terminada_em IS NULL;
CREATE INDEX ix_codigos_fatura_documento_id ON codigos_fatura (documento_id);
CREATE INDEX ix_cartoes_aprovacao_processo_id ON cartoes_aprovacao (processo_id);
CREATE INDEX ix_sessoes_painel_usuario_id ON sessoes_painel (usuario_id);
CREATE INDEX ix_auditoria_usuario_id_numero ON auditoria (usuario_id, numero);
CREATE INDEX ix_auditoria_acao_numero ON auditoria (acao, numero);
CREATE INDEX ix_auditoria_quando ON auditoria (quando);
CREATE TRIGGER auditoria_no_update BEFORE UPDATE ON auditoria BEGIN SELECT RAISE(ABORT, 'auditoria only grows'); END;
CREATE TRIGGER auditoria_no_delete BEFORE DELETE ON auditoria BEGIN SELECT RAISE(ABORT, 'auditoria only grows'); END;
CREATE INDEX ix_execucoes_falhas ON execucoes (id) WHERE status_execucao IN ('FALHOU', 'TIMEOUT');
CREATE INDEX ix_answered_calls_answered_at ON answered_calls (answered_at);
CREATE INDEX ix_andamentos_abertos ON andamentos (mostrado_em) WHERE encerrado_em IS NULL;
CREATE INDEX ix_execucoes_com_erro ON execucoes (data_fim) WHERE detalhes_erro IS NOT NULL;
CREATE INDEX ix_outbox_desistidos ON outbox (done_at) WHERE done_at IS NOT NULL AND error IS NOT NULL;
CREATE INDEX ix_clientes_conta_chave ON clientes (conta_chave);
CREATE INDEX ix_clientes_servico_chave ON clientes (servico_chave);
CREATE UNIQUE INDEX uq_perguntas_execucao_aberta ON perguntas_execucao (execucao_id) WHERE encerrada_em IS NULL;
CREATE INDEX ix_perguntas_execucao_execucao_id ON perguntas_execucao (execucao_id, id);
CREATE INDEX ix_processos_competencia_status ON processos (competencia, status_processo, id, status_ativo);
CREATE INDEX ix_clientes_busca ON clientes (busca);
CREATE INDEX ix_passos_venda_venda_id_id ON passos_venda (venda_id, id);
CREATE INDEX ix_vendas_criada_em_id ON vendas (criada_em, id);
CREATE INDEX ix_vendas_numero_pedido ON vendas (numero_pedido);
CREATE INDEX ix_importacoes_criada_em ON importacoes (criada_em);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('contatos',4);
INSERT INTO "sqlite_sequence" VALUES('passos_venda',2);
INSERT INTO "sqlite_sequence" VALUES('consultores',1);
INSERT INTO "sqlite_sequence" VALUES('presence_changes',1);
INSERT INTO "sqlite_sequence" VALUES('atendimentos',1);
INSERT INTO "sqlite_sequence" VALUES('ofertas',1);
INSERT INTO "sqlite_sequence" VALUES('mensagens',1);
INSERT INTO "sqlite_sequence" VALUES('historico',2);
INSERT INTO "sqlite_sequence" VALUES('cartoes_aprovacao',1);
INSERT INTO "sqlite_sequence" VALUES('ocorrencias',1);
COMMIT;
