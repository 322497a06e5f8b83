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
INSERT INTO "agendamentos" VALUES('a3fd7c6af1eb441aa1a9577b47abe015','Backup',NULL,'0 2 * * *','BACKUP_DIARIO_BD','{"restaurar":true}',1,'2026-11-30 02:37:50.724102',0,NULL,'2026-11-30 02:37:50.724102','2026-11-30 02:37:50.724102');
INSERT INTO "agendamentos" VALUES('86e483f1c3394f478c400c3aa2a863dd','Vendas da semana',NULL,'0 8 * * 1','ENVIAR_RELATORIOS','{"assunto":"vendas","periodo":"semanal","para":["5531988806002"]}',1,'2026-11-30 02:37:51.304055',0,NULL,'2026-11-30 02:37:51.304055','2026-11-30 02:37:51.304055');
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
INSERT INTO "agent_presence" VALUES('6c889f5ce065474995276a0d92b04b3e','online',NULL,'chat',NULL,NULL,NULL,'online','2026-11-30 02:37:49.113017');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0027');
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
INSERT INTO "arquivos" VALUES('755920da635e4dc380631af8a941b656',5,'whatsapp','1160000000000001','arquivos/2026/11/755920da-635e-4dc3-8063-1af8a941b656','pessoas.csv','text/csv',NULL,NULL,NULL,'2026-11-30 02:37:50.903205','2026-11-30 02:37:50.974748',NULL,NULL);
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
INSERT INTO "atendimentos" VALUES(1,1,3,'pt','EM_ATENDIMENTO',1,NULL,1,'2026-11-30 02:37:49.188882',0,NULL,'2026-11-30 02:37:49.188882','2026-11-30 02:37:50.191972',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
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
INSERT INTO "auditoria" VALUES(1,'2026-11-30 02:37:48.943889','9130d3bcab40412f9f353e47291de1c3','whatsapp','VINCULAR',NULL,NULL,'{"por":"telefone"}','0000000000000000000000000000000000000000000000000000000000000000','46accbe68db22f7965484f9ab3d10fb907a07c432d5791c8f381a41fdb1d3d4c');
INSERT INTO "auditoria" VALUES(2,'2026-11-30 02:37:49.024910','9130d3bcab40412f9f353e47291de1c3','rpa','ENTREGAR','usuario:5bd23bdc-6f20-4d6b-854a-348145f2113d','venda','{"venda_id":"23c112c1-4a6c-48be-9774-18d5fedd5ca4","tentativa":1}','46accbe68db22f7965484f9ab3d10fb907a07c432d5791c8f381a41fdb1d3d4c','6bdb481435e134c4880411cdc3a9783ce912a20d3244ba528bc95386799df0bb');
INSERT INTO "auditoria" VALUES(3,'2026-11-30 02:37:49.113017','6c889f5ce065474995276a0d92b04b3e','whatsapp','VINCULAR',NULL,NULL,'{"por":"telefone"}','6bdb481435e134c4880411cdc3a9783ce912a20d3244ba528bc95386799df0bb','cf20552e2dea1b0b2660485dfa7ca2b391917073227f7a7f9e2941931e2cda96');
INSERT INTO "auditoria" VALUES(4,'2026-11-30 02:37:50.428058','ecbccd4b6d5943f79b069cf6ee5201a0','whatsapp','VINCULAR',NULL,NULL,'{"por":"telefone"}','cf20552e2dea1b0b2660485dfa7ca2b391917073227f7a7f9e2941931e2cda96','19603891ca0384bbb6759d3f33b68b63fdcc1acd2208dfa1d34f1f596f97e313');
INSERT INTO "auditoria" VALUES(5,'2026-11-30 02:37:50.724102',NULL,'linha_de_comando','AGENDAMENTO','agendamento:a3fd7c6a-f1eb-441a-a1a9-577b47abe015',NULL,'{"campos":["criado"]}','19603891ca0384bbb6759d3f33b68b63fdcc1acd2208dfa1d34f1f596f97e313','6c8e25830139c8f07cdb7a7d024b78b0025ee2d5527116b8310fea1367109baf');
INSERT INTO "auditoria" VALUES(6,'2026-11-30 02:37:50.788014','152811a8a460421db71c4a457acb0dc0','whatsapp','VINCULAR',NULL,NULL,'{"por":"telefone"}','6c8e25830139c8f07cdb7a7d024b78b0025ee2d5527116b8310fea1367109baf','553d7da8996cfb54494599ecd6e4ffa2cbd25b4ce7cfd022588e8a7e6651b086');
INSERT INTO "auditoria" VALUES(7,'2026-11-30 02:37:51.106473','624c6f9764a744f38a81f16c661fb940','whatsapp','VINCULAR',NULL,NULL,'{"por":"telefone"}','553d7da8996cfb54494599ecd6e4ffa2cbd25b4ce7cfd022588e8a7e6651b086','496ed52aa9edb7ca5892a4add8a9de4266f2f9c1d513a026e80de9007944efdf');
INSERT INTO "auditoria" VALUES(8,'2026-11-30 02:37:51.304055',NULL,'linha_de_comando','AGENDAMENTO','agendamento:86e483f1-c339-4f47-8c40-0c3aa2a863dd',NULL,'{"campos":["criado"]}','496ed52aa9edb7ca5892a4add8a9de4266f2f9c1d513a026e80de9007944efdf','94c5b62994c8dd8c7eea629d68f361be6e9a977897afd18b4217264928d5a75a');
CREATE TABLE auditoria_cabeca (
	id INTEGER NOT NULL, 
	numero INTEGER NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_auditoria_cabeca PRIMARY KEY (id)
);
INSERT INTO "auditoria_cabeca" VALUES(1,8,'94c5b62994c8dd8c7eea629d68f361be6e9a977897afd18b4217264928d5a75a');
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
INSERT INTO "cartoes_aprovacao" VALUES(1,'01a22a50d6307abb9ccdda7537aceab7',2,4,-34,'2026-11-30 02:37:50.615466',NULL);
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
INSERT INTO "clientes" VALUES('01a22a50d6307eb29a579dc50115561c','9309ace0f6d475125b9dde7562e555ba3fea0831f4ef955451d05ed48e48925f',NULL,'Padaria Pão Quente Ltda',NULL,'11222333000181','01a22a50d6307797a8027d0d8549dbb0','','fixo','793a1b79',NULL,NULL,NULL,NULL,NULL,NULL,'padaria pao quente ltda 11222333000181 793a1b79 fixo',1,'2026-11-30 02:37:50.512014','2026-11-30 02:37:50.512014','','',NULL);
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
INSERT INTO "consultores" VALUES(1,'Davi Alves','["pt"]','5531988804003','6c889f5ce065474995276a0d92b04b3e',NULL,1,1,1,'2026-11-30 02:37:50.191972','2026-11-30 02:37:49.100158','2026-11-30 02:37:49.113017');
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
INSERT INTO "contatos" VALUES(1,'whatsapp','5531988804000','BR.13491208655302741918',0,'5531988804000','Ana Souza','pt_BR','9130d3bcab40412f9f353e47291de1c3','Vender:resposta','{"_perguntado_em":"2026-11-30T02:37:49.063528+00:00","_perguntado_por":9}',NULL,'wamid.HBgMg3jK-cF7yrSBrOt5nVBXlXgKlQae-ebvc-DrY_vuyvyuEWTYZB46aA','2026-11-30 02:37:48.000000',NULL,'2026-11-30 02:37:48.943889',NULL,NULL);
INSERT INTO "contatos" VALUES(2,'whatsapp','5531988804003','BR.13491208655302741919',0,'5531988804003','Davi Alves','pt_BR','6c889f5ce065474995276a0d92b04b3e',NULL,NULL,NULL,'wamid.HBgM2QmlwbfQGhMVQRLf0D8-b2vGEc0yccgZFbI8HxUycOIZXYSIij4vaw','2026-11-30 02:37:50.000000',NULL,'2026-11-30 02:37:49.113017',1,NULL);
INSERT INTO "contatos" VALUES(3,'whatsapp','5531977701000','BR.13491208655302741920',0,'5531977701000','Maria','pt_BR',NULL,NULL,NULL,'[["Encerrar conversa","cliente:encerrar:1","2026-11-30T02:37:50.191972+00:00"]]','wamid.HBgMypnHsot5FXKgyE97apSrdZKr0qWAbqx2z7Gh-50BgBRIyO0idqHLLA','2026-11-30 02:37:50.000000',NULL,'2026-11-30 02:37:49.188882',1,NULL);
INSERT INTO "contatos" VALUES(4,'whatsapp','5531988806002','BR.13491208655302741921',0,'5531988806002','Gil Torres','pt_BR','ecbccd4b6d5943f79b069cf6ee5201a0',NULL,NULL,'[["Aprovar","proc:aprovar:01a22a50d6307abb9ccdda7537aceab7:2","2026-11-30T02:37:50.615466+00:00"],["Rejeitar","proc:rejeitar:01a22a50d6307abb9ccdda7537aceab7:2","2026-11-30T02:37:50.615466+00:00"],["Ver fatura","proc:fatura:01a22a50d6307abb9ccdda7537aceab7","2026-11-30T02:37:50.615466+00:00"]]','wamid.HBgMwFyoRrb0xJdkM_YzmtLu3llUBBww3SJZ3dA0LiLY6aDw4IpFKhLuUA','2026-11-30 02:37:50.000000',NULL,'2026-11-30 02:37:50.428058',NULL,NULL);
INSERT INTO "contatos" VALUES(5,'whatsapp','5531999990000','BR.13491208655302741922',0,'5531999990000','Adm Silva','pt_BR','152811a8a460421db71c4a457acb0dc0',NULL,'{"arquivos_juntos":["755920da-635e-4dc3-8063-1af8a941b656"],"ultimo_arquivo":"2026-11-30T02:37:50.903205+00:00"}','[["Importar","imp:sim:1","2026-11-30T02:37:51.058109+00:00"],["Ver linha a linha","imp:linhas:1","2026-11-30T02:37:51.058109+00:00"],["Não importar","imp:nao:1","2026-11-30T02:37:51.058109+00:00"]]','wamid.HBgM7GEbQsGmvgH3M-LpSflMj7zs3_37QRZbnD4QWNlnUJNryeyeOfUBDw','2026-11-30 02:37:50.000000',NULL,'2026-11-30 02:37:50.788014',NULL,NULL);
INSERT INTO "contatos" VALUES(6,'whatsapp','5531988806003','BR.13491208655302741923',0,'5531988806003','Bia Reis','pt_BR','624c6f9764a744f38a81f16c661fb940','Delegar:inicio','{"delegar":{"para":"ecbccd4b-6d59-43f7-9b06-9cf6ee5201a0","nome":"Gil Torres"},"_perguntado_em":"2026-11-30T02:37:51.221802+00:00","_perguntado_por":46}','[["Agora","delegdia:0","2026-11-30T02:37:51.221802+00:00"],["Amanhã","delegdia:1","2026-11-30T02:37:51.221802+00:00"]]','wamid.HBgM6A3IyNtMYfIa70ahzzNNvlX3wap3zBauurjcuTFhZcTLOR1YyPcBOA','2026-11-30 02:37:51.000000',NULL,'2026-11-30 02:37:51.106473',NULL,NULL);
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
	criado_em DATETIME NOT NULL, nota TEXT, 
	CONSTRAINT pk_documentos_fatura PRIMARY KEY (id), 
	CONSTRAINT fk_documentos_fatura_execucao_id FOREIGN KEY(execucao_id) REFERENCES execucoes (id), 
	CONSTRAINT fk_documentos_fatura_feito_por_usuario_id FOREIGN KEY(feito_por_usuario_id) REFERENCES usuarios (id), 
	CONSTRAINT fk_documentos_fatura_processo_id FOREIGN KEY(processo_id) REFERENCES processos (id), 
	CONSTRAINT uq_documentos_fatura_object_key UNIQUE (object_key), 
	CONSTRAINT uq_documentos_fatura_processo_id_sha256 UNIQUE (processo_id, sha256)
);
INSERT INTO "documentos_fatura" VALUES('01a22a50d63071288202addb3491946e','01a22a50d6307abb9ccdda7537aceab7','FATURA','fatura.pdf','application/pdf','4b3dc3984a98ce11659d8ed2e666f14e90321be337d9f5a5a8f966ea86e10644',51,NULL,'faturas/2026/11/01a22a50-d630-7128-8202-addb3491946e.pdf','2026-11-30 02:37:50.712055',NULL,NULL,NULL,'2026-11-30 02:37:50.512014',NULL);
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
INSERT INTO "events" VALUES('whatsapp','wamid.HBgMbXOo7cKV1MalCFl-8m0L8rmlTL8Is_0D2WNEbwVWYbTfahlSE0FSbQ','2026-11-30 02:37:48.943889');
INSERT INTO "events" VALUES('whatsapp','wamid.HBgMg3jK-cF7yrSBrOt5nVBXlXgKlQae-ebvc-DrY_vuyvyuEWTYZB46aA','2026-11-30 02:37:48.982795');
INSERT INTO "events" VALUES('rpa','5d1721c5-090f-46e8-86c5-021358429e49:1:job.question','2026-11-30 02:37:49.063528');
INSERT INTO "events" VALUES('whatsapp','wamid.HBgMEHeJWpLNa7eyiQa_4UcN9gLIelA-AYKTb8e9LhRDfzDAMljOqyKTDg','2026-11-30 02:37:49.113017');
INSERT INTO "events" VALUES('turn','10','2026-11-30 02:37:49.149466');
INSERT INTO "events" VALUES('turn','12','2026-11-30 02:37:49.153642');
INSERT INTO "events" VALUES('whatsapp','wamid.HBgMEI8W9Sz3iO2YJojCvCmYSI8Fh39FlzRe6Qnthc1-3qOZT4Fg69K5IA','2026-11-30 02:37:49.188882');
INSERT INTO "events" VALUES('turn','16','2026-11-30 02:37:49.275173');
INSERT INTO "events" VALUES('whatsapp','wamid.HBgM2QmlwbfQGhMVQRLf0D8-b2vGEc0yccgZFbI8HxUycOIZXYSIij4vaw','2026-11-30 02:37:50.191972');
INSERT INTO "events" VALUES('turn','23','2026-11-30 02:37:50.263676');
INSERT INTO "events" VALUES('whatsapp','wamid.HBgMypnHsot5FXKgyE97apSrdZKr0qWAbqx2z7Gh-50BgBRIyO0idqHLLA','2026-11-30 02:37:50.313477');
INSERT INTO "events" VALUES('whatsapp','wamid.HBgMwFyoRrb0xJdkM_YzmtLu3llUBBww3SJZ3dA0LiLY6aDw4IpFKhLuUA','2026-11-30 02:37:50.428058');
INSERT INTO "events" VALUES('turn','33','2026-11-30 02:37:50.615466');
INSERT INTO "events" VALUES('whatsapp','wamid.HBgMj8DWKz64yH1Xj-SRH5ro7-JFNi1aCxk2m02sZ_-Ah4CPBkwoJQp3Fw','2026-11-30 02:37:50.788014');
INSERT INTO "events" VALUES('turn','35','2026-11-30 02:37:50.839610');
INSERT INTO "events" VALUES('whatsapp','wamid.HBgM7GEbQsGmvgH3M-LpSflMj7zs3_37QRZbnD4QWNlnUJNryeyeOfUBDw','2026-11-30 02:37:50.903205');
INSERT INTO "events" VALUES('arquivo','39','2026-11-30 02:37:50.974748');
INSERT INTO "events" VALUES('turn','40','2026-11-30 02:37:51.015401');
INSERT INTO "events" VALUES('importacao','41','2026-11-30 02:37:51.058109');
INSERT INTO "events" VALUES('whatsapp','wamid.HBgMiVLLvhqWQ4xFIgYaoEHz6CL5sLLmtdwMxHrmgrTru6977cLqB9GM3A','2026-11-30 02:37:51.106473');
INSERT INTO "events" VALUES('whatsapp','wamid.HBgM6A3IyNtMYfIa70ahzzNNvlX3wap3zBauurjcuTFhZcTLOR1YyPcBOA','2026-11-30 02:37:51.221802');
INSERT INTO "events" VALUES('whatsapp','wamid.morta','2026-11-30 02:37:51.381226');
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
INSERT INTO "failed_events" VALUES('whatsapp','wamid.morta',3,'{"external_id":"5531988804000","update":{"message":{"message_id":9,"date":1,"chat":{"id":77,"type":"private"},"from":{"id":77,"is_bot":false},"text":"oi"}},"telefone":"5531988804000","at":"2026-11-29T12:00:00+00:00"}','ValueError()','2026-11-30 02:37:51.381226','2026-11-30 02:37:51.381226');
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
INSERT INTO "historico" VALUES(1,'01a22a50d6307abb9ccdda7537aceab7','2026-11-30 02:37:50.512014',NULL,NULL,'robo','CRIAR',NULL,'AGUARDANDO_DOWNLOAD',NULL,NULL);
INSERT INTO "historico" VALUES(2,'01a22a50d6307abb9ccdda7537aceab7','2026-11-30 02:37:50.512014',NULL,NULL,'robo','RECEBER','AGUARDANDO_DOWNLOAD','AGUARDANDO_APROVACAO',NULL,'{"tipo":"FATURA","sha256":"4b3dc3984a98ce11659d8ed2e666f14e90321be337d9f5a5a8f966ea86e10644"}');
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
INSERT INTO "importacoes" VALUES(1,'755920da635e4dc380631af8a941b656',5,'152811a8a460421db71c4a457acb0dc0','usuarios','8a88b2e05fc5633b9f83f925140f4ad438fbbe442f60dc8a0ebf8a9e96e0c13c','MOSTRADA',1,0,0,0,0,0,NULL,'2026-11-30 02:37:51.058109',NULL,NULL);
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
INSERT INTO "mensagens" VALUES(1,1,'CLIENTE',NULL,'TEXTO','ainda falta o comprovante',NULL,NULL,NULL,3,'wamid.HBgMypnHsot5FXKgyE97apSrdZKr0qWAbqx2z7Gh-50BgBRIyO0idqHLLA',27,'2026-11-30 02:37:50.000000',NULL);
CREATE TABLE message_statuses (
	provider_id TEXT NOT NULL, 
	status TEXT NOT NULL, 
	rank INTEGER NOT NULL, 
	error_code INTEGER, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_message_statuses PRIMARY KEY (provider_id)
);
INSERT INTO "message_statuses" VALUES('wamid.HBgMT69VhwRyZ0uBrLRHsSZwvFA5m7zoVB0ucDKymUzaSK5eC8DKART7lQ','read',4,NULL,'2026-11-30 02:37:48.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgM-iTWuSsYSOjELLrEkmW3iX0WKKExtYn4meNxaBf8fWvhwMoLgxQD5A','read',4,NULL,'2026-11-30 02:37:49.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMjwYZyT-BFRv-5ctpYR1DF55gK-DbdaeaIuPTHOXSQriUG5Da_XQspg','read',4,NULL,'2026-11-30 02:37:49.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgM76a5u1RWX1vloBk__k6uc9irT6FAGNXrlnfoHxY9HEapsO_d3vKYxg','read',4,NULL,'2026-11-30 02:37:49.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMHWvKZ7JA0eHLbRIxpURG1CN6uzlF4YDDlMCzjG4sf1CTBdTVunICmg','read',4,NULL,'2026-11-30 02:37:50.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMo9y-OE8gtIwiSdXh6VQEeqpOoYdKe-33MLIo75ohxWm4IQalWE97JQ','read',4,NULL,'2026-11-30 02:37:50.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMTMPSu32nMkAyeDYbjtStJqaxRrXLnxyxvMI4izsI-Z9C5Ei1vXP3mQ','read',4,NULL,'2026-11-30 02:37:50.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMK_iJB_5bFRCo3fSw_JEQb6XnfI0jrDvZVW5_Ygm-Qr_xCdMhrj5wuA','read',4,NULL,'2026-11-30 02:37:50.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMxzDw_7P3GQ4kalQHGwlp-L3G-YhT27LmcTJFcx_eIYl9dVDA9_qDYQ','read',4,NULL,'2026-11-30 02:37:50.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMYx4KuRVKo34I8Ktoejn0_xPrksPAQ9WqttXCwh-8GbwW9bBEjIlXKg','read',4,NULL,'2026-11-30 02:37:50.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMlgqOBxK3wj_umMqXAqrIdP-BUfdmwOiI3ZbtdWCGqyGDxLn0V0OFdg','read',4,NULL,'2026-11-30 02:37:50.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMLXgMJtfO_SIzN0TGPg-LaK3RnarIzR8pMmTsd9fZ8zqXRd1ouYawUw','read',4,NULL,'2026-11-30 02:37:50.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMcd5t_59Y2UmuANChURP5JWNDCe7oMLWEOt2tmJOQOmTh9wLXw87xew','read',4,NULL,'2026-11-30 02:37:51.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMXV2P1Xidrxs5-4Amc5twJb4t2TzLfGqB5dgHa8qZwNVBEl-gEnLgwg','read',4,NULL,'2026-11-30 02:37:51.000000');
INSERT INTO "message_statuses" VALUES('wamid.HBgMT_Ie1B_-YUGymY7BlXYkTlfiopJrsPLaQmnBGUVFzWPgTgPnFJ1_Pw','read',4,NULL,'2026-11-30 02:37:51.000000');
CREATE TABLE ocorrencias (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	quando DATETIME NOT NULL, 
	tipo TEXT NOT NULL, 
	referencia TEXT, 
	detalhe TEXT
);
INSERT INTO "ocorrencias" VALUES(1,'2026-11-30 02:37:50.724102','agendamento_criado','a3fd7c6a-f1eb-441a-a1a9-577b47abe015','{"por":"linha_de_comando"}');
INSERT INTO "ocorrencias" VALUES(2,'2026-11-30 02:37:51.304055','agendamento_criado','86e483f1-c339-4f47-8c40-0c3aa2a863dd','{"por":"linha_de_comando"}');
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
INSERT INTO "ofertas" VALUES(1,1,1,2,-19,'2026-11-30 02:37:49.275173','2026-11-30 02:38:49.275173','2026-11-30 02:37:50.191972','ACEITOU');
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
INSERT INTO "operadoras" VALUES('01a22a50d6307797a8027d0d8549dbb0','433Fdf','433FDF',1,1,NULL,NULL,NULL,0,NULL,'2026-11-30 02:37:50.512014','2026-11-30 02:37:50.512014');
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
INSERT INTO "outbox" VALUES(1,'contato:1','whatsapp','sendChatAction','{"action":"typing","inbound_id":"wamid.HBgMbXOo7cKV1MalCFl-8m0L8rmlTL8Is_0D2WNEbwVWYbTfahlSE0FSbQ","to":"5531988804000"}',1,'3ce1b5fc00000002','2026-11-30 02:37:48.943889','2026-11-30 02:38:18.943889',0,'2026-11-30 02:37:48.974428','400 refused',NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(2,'contato:1','whatsapp','sendMessage','{"text":"Nova venda no PAP em nome de Ana Souza, matrícula V4000.\n\nPosso começar?","reply_markup":{"inline_keyboard":[[{"text":"SIM","callback_data":"venda:sim"},{"text":"NÃO","callback_data":"venda:nao"}]]},"to":"5531988804000","list_button":"Escolher"}',1,'3ce1b5fc00000002','2026-11-30 02:37:48.943889','2026-11-30 02:38:18.943889',0,'2026-11-30 02:37:48.980265',NULL,'wamid.HBgMT69VhwRyZ0uBrLRHsSZwvFA5m7zoVB0ucDKymUzaSK5eC8DKART7lQ',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(3,'contato:1','whatsapp','sendChatAction','{"action":"typing","inbound_id":"wamid.HBgMg3jK-cF7yrSBrOt5nVBXlXgKlQae-ebvc-DrY_vuyvyuEWTYZB46aA","to":"5531988804000"}',1,'3ce1b5fc00000004','2026-11-30 02:37:48.982795','2026-11-30 02:38:18.982795',0,'2026-11-30 02:37:49.012010',NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(4,'live:pool','live','varios','{"events":[{"chave":"224e8b0164f3496e83e2d49c949f9fe8","event":"login_emprestado","data":{"bo_usuario_id":"5bd23bdc-6f20-4d6b-854a-348145f2113d","vendedor_id":"9130d3bc-ab40-412f-9f35-3e47291de1c3","venda_id":"23c112c1-4a6c-48be-9774-18d5fedd5ca4","timestamp":"2026-11-30T02:37:48Z"},"perfis":["ADMINISTRADOR"],"usuario_ids":[]}]}',NULL,'3ce1b5fc00000004','2026-11-30 02:37:48.982795','2026-11-30 02:38:18.982795',0,'2026-11-30 02:37:49.018322',NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(5,'venda:23c112c1-4a6c-48be-9774-18d5fedd5ca4','rpa','executar_pap','{"venda_id":"23c112c1-4a6c-48be-9774-18d5fedd5ca4"}',NULL,'3ce1b5fc00000004','2026-11-30 02:37:48.982795','2026-11-30 02:38:18.982795',0,'2026-11-30 02:37:49.057755',NULL,'5d1721c5-090f-46e8-86c5-021358429e49',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(6,'live:venda:23c112c1-4a6c-48be-9774-18d5fedd5ca4','live','venda_iniciada','{"chave":"b6781f912f92444089c03cdcdf5bd03c","event":"venda_iniciada","data":{"venda_id":"23c112c1-4a6c-48be-9774-18d5fedd5ca4","vendedor_id":"9130d3bc-ab40-412f-9f35-3e47291de1c3","status_venda":"INICIANDO","timestamp":"2026-11-30T02:37:48Z"},"perfis":["ADMINISTRADOR"],"usuario_ids":["9130d3bc-ab40-412f-9f35-3e47291de1c3"]}',NULL,'3ce1b5fc00000004','2026-11-30 02:37:48.982795','2026-11-30 02:38:18.982795',0,'2026-11-30 02:37:49.018322',NULL,'1796006269009-1',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(7,'contato:1','whatsapp','sendMessage','{"text":"🤖 Venda iniciada. Estou entrando no portal; já volto com as perguntas.","to":"5531988804000"}',1,'3ce1b5fc00000004','2026-11-30 02:37:48.982795','2026-11-30 02:38:18.982795',0,'2026-11-30 02:37:49.055284',NULL,'wamid.HBgM-iTWuSsYSOjELLrEkmW3iX0WKKExtYn4meNxaBf8fWvhwMoLgxQD5A',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(8,'live:venda:23c112c1-4a6c-48be-9774-18d5fedd5ca4','live','venda_pergunta_feita','{"chave":"f21451ffec9f4dddb9f14032773c5751","event":"venda_pergunta_feita","data":{"venda_id":"23c112c1-4a6c-48be-9774-18d5fedd5ca4","vendedor_id":"9130d3bc-ab40-412f-9f35-3e47291de1c3","status_venda":"AGUARDANDO_RESPOSTA","tipo":"cep","timestamp":"2026-11-30T02:37:49Z"},"perfis":["ADMINISTRADOR"],"usuario_ids":["9130d3bc-ab40-412f-9f35-3e47291de1c3"]}',NULL,'3ce1b5fc0000000a','2026-11-30 02:37:49.063528','2026-11-30 02:38:19.063528',0,'2026-11-30 02:37:49.077475',NULL,'1796006269075-0',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(9,'contato:1','whatsapp','sendMessage','{"text":"Qual é o CEP da instalação?\n\nCEP, 8 números.","to":"5531988804000"}',1,'3ce1b5fc0000000a','2026-11-30 02:37:49.063528','2026-11-30 02:38:19.063528',0,'2026-11-30 02:37:49.077475',NULL,'wamid.HBgMjwYZyT-BFRv-5ctpYR1DF55gK-DbdaeaIuPTHOXSQriUG5Da_XQspg',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(10,'presenca:6c889f5c-e065-4749-9527-6a0d92b04b3e','turn','presenca','{"usuario_id":"6c889f5c-e065-4749-9527-6a0d92b04b3e","motivo":"sinal","quando":"2026-11-30T02:37:49.113017Z"}',NULL,'3ce1b5fc0000000d','2026-11-30 02:37:49.113017','2026-11-30 02:38:19.113017',0,'2026-11-30 02:37:49.168129',NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(11,'contato:2','whatsapp','sendChatAction','{"action":"typing","inbound_id":"wamid.HBgMEHeJWpLNa7eyiQa_4UcN9gLIelA-AYKTb8e9LhRDfzDAMljOqyKTDg","to":"5531988804003"}',2,'3ce1b5fc0000000d','2026-11-30 02:37:49.113017','2026-11-30 02:38:19.113017',0,'2026-11-30 02:37:49.168129',NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(12,'atendimentos','turn','distribuir','{}',NULL,'3ce1b5fc0000000d','2026-11-30 02:37:49.113017','2026-11-30 02:38:19.113017',0,'2026-11-30 02:37:49.168129',NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(13,'live:presenca:6c889f5c-e065-4749-9527-6a0d92b04b3e','live','agent_presence_changed','{"chave":"9f5926c4527b49c388f702a304b38557","event":"agent_presence_changed","data":{"agent_id":"6c889f5c-e065-4749-9527-6a0d92b04b3e","status":"online","message":"","timestamp":"2026-11-30T02:37:49Z"},"perfis":["ADMINISTRADOR","APROVADOR","BACKOFFICE","CONSULTOR","OPERADOR","VENDEDOR"],"usuario_ids":["6c889f5c-e065-4749-9527-6a0d92b04b3e"]}',NULL,'3ce1b5fc0000000d','2026-11-30 02:37:49.113017','2026-11-30 02:38:19.113017',0,'2026-11-30 02:37:49.156640',NULL,'1796006269147-0',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(14,'contato:2','whatsapp','sendMessage','{"text":"🟢 Você está online.","reply_markup":{"inline_keyboard":[[{"text":"Ocupado","callback_data":"palavra:OCUPADO"},{"text":"Ausente","callback_data":"palavra:AUSENTE"}],[{"text":"Offline","callback_data":"palavra:OFFLINE"}]]},"to":"5531988804003","list_button":"Escolher"}',2,'3ce1b5fc0000000d','2026-11-30 02:37:49.113017','2026-11-30 02:38:19.113017',0,'2026-11-30 02:37:49.173873',NULL,'wamid.HBgM76a5u1RWX1vloBk__k6uc9irT6FAGNXrlnfoHxY9HEapsO_d3vKYxg',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(15,'contato:3','whatsapp','sendChatAction','{"action":"typing","inbound_id":"wamid.HBgMEI8W9Sz3iO2YJojCvCmYSI8Fh39FlzRe6Qnthc1-3qOZT4Fg69K5IA","to":"5531977701000"}',3,'3ce1b5fc00000010','2026-11-30 02:37:49.188882','2026-11-30 02:38:19.188882',0,'2026-11-30 02:37:50.158504',NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(16,'atendimentos','turn','distribuir','{}',NULL,'3ce1b5fc00000010','2026-11-30 02:37:49.188882','2026-11-30 02:38:19.188882',0,'2026-11-30 02:37:50.158504',NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(17,'live:atendimento:1','live','atendimento_aberto','{"chave":"f4715662938d414ab407388f4d96b9f5","event":"atendimento_aberto","data":{"atendimento_id":1,"protocolo":"#00001","status":"NA_FILA","idioma":"pt","consultor_id":null,"timestamp":"2026-11-30T02:37:49Z"},"perfis":["ADMINISTRADOR","CONSULTOR"],"usuario_ids":[]}',NULL,'3ce1b5fc00000010','2026-11-30 02:37:49.188882','2026-11-30 02:38:19.188882',0,'2026-11-30 02:37:50.131977',NULL,'1796006269266-0',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(18,'contato:3','whatsapp','sendMessage','{"text":"Seu protocolo: #00001\nEstou chamando um consultor para você.\nSe quiser, já pode escrever o que precisa.","reply_markup":{"inline_keyboard":[[{"text":"Desistir","callback_data":"cliente:desistir:1"}]]},"to":"5531977701000","list_button":"Escolher"}',3,'3ce1b5fc00000010','2026-11-30 02:37:49.188882','2026-11-30 02:38:19.188882',0,'2026-11-30 02:37:50.288141',NULL,'wamid.HBgMo9y-OE8gtIwiSdXh6VQEeqpOoYdKe-33MLIo75ohxWm4IQalWE97JQ',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(19,'contato:2','whatsapp','sendMessage','{"text":"🔔 Maria quer falar com um consultor.\nProtocolo #00001 · Português\nAcabou de chegar.\nWhatsApp · janela até 30/11 23:37","reply_markup":{"inline_keyboard":[[{"text":"Aceitar","callback_data":"oferta:aceitar:1"},{"text":"Passar","callback_data":"oferta:passar:1"}]]},"to":"5531988804003","list_button":"Escolher"}',2,'3ce1b5fc00000010','2026-11-30 02:37:49.275173','2026-11-30 02:38:19.275173',0,'2026-11-30 02:37:50.158504',NULL,'wamid.HBgMHWvKZ7JA0eHLbRIxpURG1CN6uzlF4YDDlMCzjG4sf1CTBdTVunICmg',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(20,'live:atendimento:1','live','atendimento_oferecido','{"chave":"dae05a4ada474ca89d2415b1095fb065","event":"atendimento_oferecido","data":{"atendimento_id":1,"protocolo":"#00001","status":"NA_FILA","idioma":"pt","consultor_id":1,"ultimo_atendimento":null,"timestamp":"2026-11-30T02:37:49Z"},"perfis":["ADMINISTRADOR","CONSULTOR"],"usuario_ids":[]}',NULL,'3ce1b5fc00000010','2026-11-30 02:37:49.275173','2026-11-30 02:38:19.275173',0,'2026-11-30 02:37:50.248039',NULL,'1796006270159-0',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(21,'contato:2','whatsapp','sendChatAction','{"action":"typing","inbound_id":"wamid.HBgM2QmlwbfQGhMVQRLf0D8-b2vGEc0yccgZFbI8HxUycOIZXYSIij4vaw","to":"5531988804003"}',2,'3ce1b5fc00000016','2026-11-30 02:37:50.191972','2026-11-30 02:38:20.191972',0,'2026-11-30 02:37:50.288141',NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(22,'crm:3','pipedrive','atendimento','{"atendimento_id":1,"contato_id":3}',NULL,'3ce1b5fc00000016','2026-11-30 02:37:50.191972','2026-11-30 02:38:20.191972',0,'2026-11-30 02:37:50.288141',NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(23,'atendimentos','turn','distribuir','{}',NULL,'3ce1b5fc00000016','2026-11-30 02:37:50.191972','2026-11-30 02:38:20.191972',0,'2026-11-30 02:37:50.301664',NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(24,'live:atendimento:1','live','atendimento_aceito','{"chave":"5583f38d5b274ead93ae104359edc0ca","event":"atendimento_aceito","data":{"atendimento_id":1,"protocolo":"#00001","status":"EM_ATENDIMENTO","idioma":"pt","consultor_id":1,"timestamp":"2026-11-30T02:37:50Z"},"perfis":["ADMINISTRADOR","CONSULTOR"],"usuario_ids":[]}',NULL,'3ce1b5fc00000016','2026-11-30 02:37:50.191972','2026-11-30 02:38:20.191972',0,'2026-11-30 02:37:50.301664',NULL,'1796006270265-0',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(25,'contato:3','whatsapp','sendMessage','{"text":"Agora você fala com Davi Alves. Protocolo #00001.","reply_markup":{"inline_keyboard":[[{"text":"Encerrar conversa","callback_data":"cliente:encerrar:1"}]]},"to":"5531977701000","list_button":"Escolher"}',3,'3ce1b5fc00000016','2026-11-30 02:37:50.191972','2026-11-30 02:38:20.191972',0,'2026-11-30 02:37:50.368258',NULL,'wamid.HBgMTMPSu32nMkAyeDYbjtStJqaxRrXLnxyxvMI4izsI-Z9C5Ei1vXP3mQ',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(26,'contato:2','whatsapp','sendMessage','{"text":"✅ Você atende Maria, protocolo #00001. O que escrever aqui vai para Maria.","to":"5531988804003"}',2,'3ce1b5fc00000016','2026-11-30 02:37:50.191972','2026-11-30 02:38:20.191972',0,'2026-11-30 02:37:50.368258',NULL,'wamid.HBgMK_iJB_5bFRCo3fSw_JEQb6XnfI0jrDvZVW5_Ygm-Qr_xCdMhrj5wuA',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(27,'contato:2','whatsapp','sendMessage','{"to":"5531988804003","text":"ainda falta o comprovante","atendimento":1,"about":{"mensagem_id":1}}',2,'3ce1b5fc0000001b','2026-11-30 02:37:50.313477','2026-11-30 02:38:20.313477',0,NULL,NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(28,'contato:4','whatsapp','sendChatAction','{"action":"typing","inbound_id":"wamid.HBgMwFyoRrb0xJdkM_YzmtLu3llUBBww3SJZ3dA0LiLY6aDw4IpFKhLuUA","to":"5531988806002"}',4,'3ce1b5fc00000022','2026-11-30 02:37:50.428058','2026-11-30 02:38:20.428058',0,'2026-11-30 02:37:50.478410',NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(29,'contato:4','whatsapp','sendMessage','{"text":"O que você quer fazer, Gil?","reply_markup":{"inline_keyboard":[[{"text":"Faturas que esperam aprovação","callback_data":"palavra:PENDENTES"}],[{"text":"Quem aprova em meu nome","callback_data":"palavra:DELEGAR"}],[{"text":"Como estão as faturas do mês","callback_data":"palavra:PROCESSOS"}],[{"text":"Abrir o painel no navegador","callback_data":"palavra:PAINEL"}],[{"text":"Mudar o idioma","callback_data":"palavra:IDIOMA"}],[{"text":"O que posso pedir aqui","callback_data":"palavra:AJUDA"}]]},"to":"5531988806002","list_button":"Escolher"}',4,'3ce1b5fc00000022','2026-11-30 02:37:50.428058','2026-11-30 02:38:20.428058',0,'2026-11-30 02:37:50.598530',NULL,'wamid.HBgMYx4KuRVKo34I8Ktoejn0_xPrksPAQ9WqttXCwh-8GbwW9bBEjIlXKg',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(30,'live:processo:01a22a50-d630-7abb-9ccd-da7537aceab7','live','processo_criado','{"chave":"681c382248464af3bb6085876a08d521","event":"processo_criado","data":{"processo_id":"01a22a50-d630-7abb-9ccd-da7537aceab7","cliente_id":"01a22a50-d630-7eb2-9a57-9dc50115561c","mes_ano":"11/2026","operadora":"433FDF","status_processo":"AGUARDANDO_DOWNLOAD","versao":1,"timestamp":"2026-11-30T02:37:50Z"},"perfis":["ADMINISTRADOR","APROVADOR","OPERADOR"],"usuario_ids":[]}',NULL,NULL,'2026-11-30 02:37:50.512014','2026-11-30 02:38:20.512014',0,'2026-11-30 02:37:50.746021',NULL,'1796006270604-0',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(31,'documento:01a22a50-d630-7128-8202-addb3491946e','armazenamento','guardar','{"documento_id":"01a22a50-d630-7128-8202-addb3491946e"}',NULL,NULL,'2026-11-30 02:37:50.512014','2026-11-30 02:38:20.512014',0,'2026-11-30 02:37:50.776015',NULL,'faturas/2026/11/01a22a50-d630-7128-8202-addb3491946e.pdf',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(32,'live:processo:01a22a50-d630-7abb-9ccd-da7537aceab7','live','processo_fatura_recebida','{"chave":"c249373729f3482b8586d3f71ec8bf7f","event":"processo_fatura_recebida","data":{"processo_id":"01a22a50-d630-7abb-9ccd-da7537aceab7","cliente_id":"01a22a50-d630-7eb2-9a57-9dc50115561c","mes_ano":"11/2026","operadora":"433FDF","status_processo":"AGUARDANDO_APROVACAO","versao":2,"timestamp":"2026-11-30T02:37:50Z"},"perfis":["ADMINISTRADOR","APROVADOR","OPERADOR"],"usuario_ids":[]}',NULL,NULL,'2026-11-30 02:37:50.512014','2026-11-30 02:38:20.512014',0,'2026-11-30 02:37:50.856077',NULL,'1796006270765-0',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(33,'cartoes:01a22a50-d630-7abb-9ccd-da7537aceab7','turn','cartoes_aprovacao','{"processo_id":"01a22a50-d630-7abb-9ccd-da7537aceab7"}',NULL,NULL,'2026-11-30 02:37:50.512014','2026-11-30 02:38:20.512014',0,'2026-11-30 02:37:50.776015',NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(34,'contato:4','whatsapp','sendMessage','{"text":"🧾 Padaria Pão Quente Ltda · 433FDF · 11/2026\nValor: R$ 123,45\nVencimento: –\nArquivo: fatura.pdf\nTestemunhas: o arquivo não foi examinado.\nNo painel: responda PAINEL a esta mensagem.","reply_markup":{"inline_keyboard":[[{"text":"Aprovar","callback_data":"proc:aprovar:01a22a50d6307abb9ccdda7537aceab7:2"},{"text":"Rejeitar","callback_data":"proc:rejeitar:01a22a50d6307abb9ccdda7537aceab7:2"}],[{"text":"Ver fatura","callback_data":"proc:fatura:01a22a50d6307abb9ccdda7537aceab7"}]]},"to":"5531988806002","list_button":"Escolher"}',4,NULL,'2026-11-30 02:37:50.615466','2026-11-30 02:38:20.615466',0,'2026-11-30 02:37:50.776015',NULL,'wamid.HBgMlgqOBxK3wj_umMqXAqrIdP-BUfdmwOiI3ZbtdWCGqyGDxLn0V0OFdg',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(35,'presenca:152811a8-a460-421d-b71c-4a457acb0dc0','turn','presenca','{"usuario_id":"152811a8-a460-421d-b71c-4a457acb0dc0","motivo":"sinal","quando":"2026-11-30T02:37:50.788014Z"}',NULL,'3ce1b5fc0000002a','2026-11-30 02:37:50.788014','2026-11-30 02:38:20.788014',0,'2026-11-30 02:37:50.877271',NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(36,'contato:5','whatsapp','sendChatAction','{"action":"typing","inbound_id":"wamid.HBgMj8DWKz64yH1Xj-SRH5ro7-JFNi1aCxk2m02sZ_-Ah4CPBkwoJQp3Fw","to":"5531999990000"}',5,'3ce1b5fc0000002a','2026-11-30 02:37:50.788014','2026-11-30 02:38:20.788014',0,'2026-11-30 02:37:50.877271',NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(37,'contato:5','whatsapp','sendMessage','{"text":"O que você quer fazer, Adm?","reply_markup":{"inline_keyboard":[[{"text":"Iniciar uma venda","callback_data":"palavra:VENDER"}],[{"text":"Ver como está a venda","callback_data":"palavra:STATUS"}],[{"text":"Minhas últimas vendas","callback_data":"palavra:VENDAS"}],[{"text":"Quem da equipe está disponível","callback_data":"palavra:PRESENCA"}],[{"text":"Quem espera e quem está com você","callback_data":"palavra:FILA"}],[{"text":"Faturas que esperam aprovação","callback_data":"palavra:PENDENTES"}],[{"text":"Como estão as faturas do mês","callback_data":"palavra:PROCESSOS"}],[{"text":"Acessos BackOffice em uso","callback_data":"palavra:POOL"}],[{"text":"Pessoas e convites","callback_data":"palavra:USUARIOS"}],[{"text":"Abrir o painel no navegador","callback_data":"palavra:PAINEL"}],[{"text":"Mudar o idioma","callback_data":"palavra:IDIOMA"}],[{"text":"O que posso pedir aqui","callback_data":"palavra:AJUDA"}]]},"to":"5531999990000","list_button":"Escolher"}',5,'3ce1b5fc0000002a','2026-11-30 02:37:50.788014','2026-11-30 02:38:20.788014',0,'2026-11-30 02:37:50.890172',NULL,'wamid.HBgMLXgMJtfO_SIzN0TGPg-LaK3RnarIzR8pMmTsd9fZ8zqXRd1ouYawUw',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(38,'contato:5','whatsapp','sendChatAction','{"action":"typing","inbound_id":"wamid.HBgM7GEbQsGmvgH3M-LpSflMj7zs3_37QRZbnD4QWNlnUJNryeyeOfUBDw","to":"5531999990000"}',5,'3ce1b5fc0000002d','2026-11-30 02:37:50.903205','2026-11-30 02:38:20.903205',0,'2026-11-30 02:37:50.950236',NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(39,'arquivo:755920da-635e-4dc3-8063-1af8a941b656','files','fetch','{"arquivo_id":"755920da-635e-4dc3-8063-1af8a941b656","de_atendimento":false,"mensagem_id":null,"atendimento":null}',5,'3ce1b5fc0000002d','2026-11-30 02:37:50.903205','2026-11-30 02:38:20.903205',0,'2026-11-30 02:37:51.003650',NULL,'arquivos/2026/11/755920da-635e-4dc3-8063-1af8a941b656',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(40,'arquivo:755920da-635e-4dc3-8063-1af8a941b656','turn','arquivo_guardado','{"arquivo_id":"755920da-635e-4dc3-8063-1af8a941b656"}',NULL,'3ce1b5fc0000002d','2026-11-30 02:37:50.974748','2026-11-30 02:38:20.974748',0,'2026-11-30 02:37:51.026848',NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(41,'arquivo:755920da-635e-4dc3-8063-1af8a941b656','importacoes','olhar','{"arquivo_id":"755920da-635e-4dc3-8063-1af8a941b656","o_que":null}',5,'3ce1b5fc0000002d','2026-11-30 02:37:51.015401','2026-11-30 02:38:21.015401',0,'2026-11-30 02:37:51.076743',NULL,'8a88b2e05fc5633b9f83f925140f4ad438fbbe442f60dc8a0ebf8a9e96e0c13c',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(42,'contato:5','whatsapp','sendMessage','{"text":"📋 pessoas.csv: 1 linha de usuários.\n1 novo\nlinha 2: novo (Lia Prado)\nNada foi gravado ainda. Importo?","reply_markup":{"inline_keyboard":[[{"text":"Importar","callback_data":"imp:sim:1"}],[{"text":"Ver linha a linha","callback_data":"imp:linhas:1"}],[{"text":"Não importar","callback_data":"imp:nao:1"}]]},"to":"5531999990000","list_button":"Escolher"}',5,'3ce1b5fc0000002d','2026-11-30 02:37:51.058109','2026-11-30 02:38:21.058109',0,'2026-11-30 02:37:51.164107',NULL,'wamid.HBgMcd5t_59Y2UmuANChURP5JWNDCe7oMLWEOt2tmJOQOmTh9wLXw87xew',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(43,'contato:6','whatsapp','sendChatAction','{"action":"typing","inbound_id":"wamid.HBgMiVLLvhqWQ4xFIgYaoEHz6CL5sLLmtdwMxHrmgrTru6977cLqB9GM3A","to":"5531988806003"}',6,'3ce1b5fc00000031','2026-11-30 02:37:51.106473','2026-11-30 02:38:21.106473',0,'2026-11-30 02:37:51.185940',NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(44,'contato:6','whatsapp','sendMessage','{"text":"Quem decide sobre faturas em seu nome?","reply_markup":{"inline_keyboard":[[{"text":"Adm Silva","callback_data":"delegpara:152811a8a460421db71c4a457acb0dc0"},{"text":"Gil Torres","callback_data":"delegpara:ecbccd4b6d5943f79b069cf6ee5201a0"}]]},"to":"5531988806003","list_button":"Escolher"}',6,'3ce1b5fc00000031','2026-11-30 02:37:51.106473','2026-11-30 02:38:21.106473',0,'2026-11-30 02:37:51.244000',NULL,'wamid.HBgMXV2P1Xidrxs5-4Amc5twJb4t2TzLfGqB5dgHa8qZwNVBEl-gEnLgwg',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(45,'contato:6','whatsapp','sendChatAction','{"action":"typing","inbound_id":"wamid.HBgM6A3IyNtMYfIa70ahzzNNvlX3wap3zBauurjcuTFhZcTLOR1YyPcBOA","to":"5531988806003"}',6,'3ce1b5fc00000035','2026-11-30 02:37:51.221802','2026-11-30 02:38:21.221802',0,'2026-11-30 02:37:51.276219',NULL,NULL,NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
INSERT INTO "outbox" VALUES(46,'contato:6','whatsapp','sendMessage','{"text":"Delegar a Gil Torres. A partir de quando? Toque, ou escreva um dia, como 15/12.","reply_markup":{"inline_keyboard":[[{"text":"Agora","callback_data":"delegdia:0"},{"text":"Amanhã","callback_data":"delegdia:1"}]]},"to":"5531988806003","list_button":"Escolher"}',6,'3ce1b5fc00000035','2026-11-30 02:37:51.221802','2026-11-30 02:38:21.221802',0,'2026-11-30 02:37:51.327761',NULL,'wamid.HBgMT_Ie1B_-YUGymY7BlXYkTlfiopJrsPLaQmnBGUVFzWPgTgPnFJ1_Pw',NULL,'23b9e0280ebc4a64b04ea4a194dbc6e2');
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
INSERT INTO "pap_bo_em_uso" VALUES(1,'5bd23bdc6f204d6b854a348145f2113d','9130d3bcab40412f9f353e47291de1c3','5531988804000','23c112c14a6c48be977418d5fedd5ca4','2026-11-30 02:37:48.982795','2026-11-30 03:07:49.063528',NULL,NULL);
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
INSERT INTO "passos_venda" VALUES(1,'23c112c14a6c48be977418d5fedd5ca4','INICIO','2026-11-30 02:37:48.982795',NULL,NULL,NULL);
INSERT INTO "passos_venda" VALUES(2,'23c112c14a6c48be977418d5fedd5ca4','PERGUNTA','2026-11-30 02:37:49.063528',NULL,NULL,'{"texto":"Qual é o CEP da instalação?","tipo":"cep"}');
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
INSERT INTO "presence_changes" VALUES(1,'6c889f5ce065474995276a0d92b04b3e','online',NULL,'chat','2026-11-30 02:37:49.113017');
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
INSERT INTO "processos" VALUES('01a22a50d6307abb9ccdda7537aceab7','01a22a50d6307eb29a579dc50115561c','11/2026',202611,'AGUARDANDO_APROVACAO',2,NULL,'faturas/2026/11/01a22a50-d630-7128-8202-addb3491946e.pdf','01a22a50-d630-7128-8202-addb3491946e.pdf','fatura.pdf','01a22a50d63071288202addb3491946e',NULL,12345,NULL,NULL,NULL,1,0,NULL,NULL,0,0,0,NULL,NULL,0,1,'2026-11-30 02:37:50.512014','2026-11-30 02:37:50.512014');
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
INSERT INTO "protocolos" VALUES(1,1,'2026-11-30 02:37:49.188882');
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
INSERT INTO "rodizio" VALUES(1,'pt','2026-11-30 02:37:50.191972');
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
INSERT INTO "usuarios" VALUES('5bd23bdc6f204d6b854a348145f2113d','Bo Um',NULL,'5531900000001',NULL,'BACKOFFICE','BO0001','v1.6bd85f63.muPf_BIwrvGJdyAzRhy8YsYEcjGu5EYQiBF2A-zNIqPSjqf6w_afnk0DeUjDJVYIpHDV',0,1,NULL,'2026-11-30 02:37:48.916287','2026-11-30 02:37:48.916287',NULL);
INSERT INTO "usuarios" VALUES('9130d3bcab40412f9f353e47291de1c3','Ana Souza',NULL,'5531988804000',NULL,'VENDEDOR','V4000',NULL,1,1,NULL,'2026-11-30 02:37:48.939939','2026-11-30 02:37:48.939939',NULL);
INSERT INTO "usuarios" VALUES('6c889f5ce065474995276a0d92b04b3e','Davi Alves',NULL,'5531988804003',NULL,'CONSULTOR',NULL,NULL,0,1,NULL,'2026-11-30 02:37:49.079182','2026-11-30 02:37:49.079182',NULL);
INSERT INTO "usuarios" VALUES('ecbccd4b6d5943f79b069cf6ee5201a0','Gil Torres',NULL,'5531988806002',NULL,'APROVADOR',NULL,NULL,0,1,NULL,'2026-11-30 02:37:50.394528','2026-11-30 02:37:50.394528',NULL);
INSERT INTO "usuarios" VALUES('152811a8a460421db71c4a457acb0dc0','Adm Silva',NULL,'5531999990000',NULL,'ADMINISTRADOR',NULL,NULL,0,1,NULL,'2026-11-30 02:37:50.760096','2026-11-30 02:37:50.760096',NULL);
INSERT INTO "usuarios" VALUES('624c6f9764a744f38a81f16c661fb940','Bia Reis',NULL,'5531988806003',NULL,'APROVADOR',NULL,NULL,0,1,NULL,'2026-11-30 02:37:51.089133','2026-11-30 02:37:51.089133',NULL);
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
INSERT INTO "vendas" VALUES('23c112c14a6c48be977418d5fedd5ca4','9130d3bcab40412f9f353e47291de1c3',1,'AGUARDANDO_RESPOSTA','5bd23bdc6f204d6b854a348145f2113d',1,'5d1721c5-090f-46e8-86c5-021358429e49','{"pergunta_id":"p1","texto":"Qual é o CEP da instalação?","tipo":"cep"}',1,NULL,NULL,-7,NULL,NULL,NULL,'2026-11-30 02:37:48.982795','2026-11-30 02:37:49.063528',NULL,NULL);
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
CREATE INDEX ix_clientes_busca ON clientes (busca);
CREATE INDEX ix_vendas_criada_em_id ON vendas (criada_em, id);
CREATE INDEX ix_vendas_numero_pedido ON vendas (numero_pedido);
CREATE INDEX ix_passos_venda_venda_id_id ON passos_venda (venda_id, id);
CREATE INDEX ix_importacoes_criada_em ON importacoes (criada_em);
CREATE INDEX ix_andamentos_encerrado_em ON andamentos (encerrado_em);
CREATE INDEX ix_convites_expira_em ON convites (expira_em);
CREATE INDEX ix_early_callbacks_received_at ON early_callbacks (received_at);
CREATE INDEX ix_execucoes_agendamento_terminada_em ON execucoes_agendamento (terminada_em);
CREATE INDEX ix_failed_events_last_at ON failed_events (last_at);
CREATE INDEX ix_links_painel_expira_em ON links_painel (expira_em);
CREATE INDEX ix_logs_compactados_compactado_em ON logs_compactados (compactado_em);
CREATE INDEX ix_logs_execucao_timestamp ON logs_execucao (timestamp);
CREATE INDEX ix_logs_venda_timestamp ON logs_venda (timestamp);
CREATE INDEX ix_message_statuses_at ON message_statuses (at);
CREATE INDEX ix_ocorrencias_quando ON ocorrencias (quando);
CREATE INDEX ix_ofertas_respondida_em ON ofertas (respondida_em);
CREATE INDEX ix_pap_bo_em_uso_liberado_em ON pap_bo_em_uso (liberado_em);
CREATE INDEX ix_passos_venda_quando ON passos_venda (quando);
CREATE INDEX ix_perguntas_execucao_encerrada_em ON perguntas_execucao (encerrada_em);
CREATE INDEX ix_presence_changes_quando ON presence_changes (quando);
CREATE INDEX ix_sessoes_painel_expira_em ON sessoes_painel (expira_em);
CREATE INDEX ix_ocorrencias_tipo_quando ON ocorrencias (tipo, quando);
CREATE INDEX ix_ofertas_abertas ON ofertas (expira_em) WHERE respondida_em IS NULL;
CREATE INDEX ix_ofertas_consultor_id ON ofertas (consultor_id, resposta, respondida_em);
CREATE INDEX ix_atendimentos_idioma_id ON atendimentos (idioma, id);
CREATE INDEX ix_arquivos_com_senha ON arquivos (recebido_em) WHERE senha IS NOT NULL;
CREATE INDEX ix_usuarios_perfil_usuario ON usuarios (perfil_usuario);
CREATE INDEX ix_processos_competencia_status ON processos (competencia, status_processo, id, status_ativo, cliente_id, valor_centavos, data_vencimento);
CREATE INDEX ix_processos_competencia_atualizado_em ON processos (competencia, atualizado_em);
CREATE INDEX ix_processos_inativos ON processos (id) WHERE status_ativo = 0;
CREATE INDEX ix_clientes_recusados ON clientes (id) WHERE credencial_recusada_em IS NOT NULL;
CREATE INDEX ix_execucoes_status_execucao_id ON execucoes (status_execucao, id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('contatos',6);
INSERT INTO "sqlite_sequence" VALUES('passos_venda',2);
INSERT INTO "sqlite_sequence" VALUES('consultores',1);
INSERT INTO "sqlite_sequence" VALUES('presence_changes',1);
INSERT INTO "sqlite_sequence" VALUES('atendimentos',1);
INSERT INTO "sqlite_sequence" VALUES('ofertas',1);
INSERT INTO "sqlite_sequence" VALUES('mensagens',1);
INSERT INTO "sqlite_sequence" VALUES('historico',2);
INSERT INTO "sqlite_sequence" VALUES('cartoes_aprovacao',1);
INSERT INTO "sqlite_sequence" VALUES('ocorrencias',2);
INSERT INTO "sqlite_sequence" VALUES('importacoes',1);
COMMIT;
