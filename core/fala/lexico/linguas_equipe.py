"""What staff write in English and Spanish, under the same kinds of words as assuntos.py: IDIOMA is for them, too."""

INGLES = """
vazio: all, did, any of, me
querer: let me
mandar: send, send me
proximo: next
processo: process, processes
execucao: runs, jobs
vender: sell, selling, (make/start/open/do/begin/register/enter) (a/a new/another/the) sale, new sale, another sale,
 place an order
venda: (my/the/this/that/a) sale
vendas: sales, my sales, (how many/what) (did/have) i (sell/sold)
pedido: order
clientequer: (have/got/there is/i ve got) (a/another) (customer/client), (customer/client) (wants/here wants/is here)
status: status of, progress, any (news/update/updates)
concluido: done, finished, complete, completed
voltei: back, (back/just back/just got back) (from lunch/from my break/now/again/online), i am back
pronto: ready
disponivel: available, ready (for/to take) (customers/clients/a customer/work), ready to (work/help/serve)
ir: going to, going, go, gonna
almoco: lunch, lunchtime, (lunch/coffee) break, a break, my break, break time, breakfast, dinner
banheiro: restroom, bathroom, toilet
medico: doctor, the doctor, doctor s, dentist
sair: stepping (out/away), heading out, be away
ocupado: busy, swamped, tied up
reuniao: meetings
ligacao: a call, on the phone, on a call
porhoje: (done/that s it/that s all/finished) for (today/the day), calling it a day, signing off, logging off, off
 work, end of my shift, end of shift, clocking out, my shift is over
embora: leaving, heading home, going home, i m off, i m out
esperando: waiting
alguem: anything, any
cliente: customer, customers, client, clients
transferir: transfer to, transfer (this/the/my) (customer/client/chat/conversation) to, (pass/hand/send) (this/the/my)
 (customer/client/chat/conversation) to
encerrar: (close/end/finish) (the/this/my) (chat/conversation)
pendente: pending, outstanding
faltar: missing, remaining
bora: let s, lets, let us
agora: now, right now, at the moment, currently
aprovar: approve, approving
aprova: approve (it/this/that/this one/that one/the invoice/all)
aprovacao: approval, approvals, to approve, to be approved, for approval
rejeitar: reject, refuse, decline, turn down
delegar: delegate, delegate to, delegate my approvals to, delegate my approvals
ferias: vacation, vacations, on vacation, on leave, holiday, holidays
baixar: downloaded
rodando: running
falhou: failed, failing, fail, error, errors
relatorio: summary
fechamento: (close/closing of) the month, month closing, monthly closing
finalizar: close
acesso: access, accesses
livre: free
emuso: in use, being used
liberar: (free/release/unlock) (up/the/all/all the/that/a), release, unlock
usuario: register
novo: new
fazer: make, create, generate, run, start
ver: show, show me, list, see, display, check, check on, look at, tell me
auditoria: audit, audit log, audit trail, (who did/who changed/who made) what, (who changed/who did) (this/that/it)
agendado: scheduled
painel: panel, the panel
funciona: work, works, use this, use it
sim: go for it, let s do it, lets do it, do that, works for me
hoje: today
amanha: tomorrow morning
"""

ESPANHOL = """
status: novedad, novedades, alguna novedad
vendas: cuanto vendi, cuantas vendi, lo que vendi
ter: tengo que, tengo para
alguem: algun
vender: (hacer/iniciar/empezar/comenzar/abrir/registrar/cargar) (una/otra/la/una nueva) venta, nueva venta, otra venta
venda: venta, la venta, una venta
vendas: ventas, mis ventas
clientequer: (tengo/hay/llego) un cliente
concluido: terminado, terminada, listo el robot, termino
voltei: volvi, ya volvi, regrese, ya regrese, (estoy/ya estoy) (de vuelta/de regreso/aqui), acabo de (volver/llegar),
 ya llegue
disponivel: disponible, disponibles, (listo/lista) para (atender/trabajar)
estou: estoy
estar: estan
ir: voy, voy a, me voy a, ire, vamos a
almoco: almuerzo, almorzar, a almorzar, a comer, desayunar, cenar, un descanso, mi descanso, un cafe
banheiro: bano, al bano
ocupado: ocupado, ocupada
reuniao: reunion, reuniones
ligacao: llamada, una llamada
porhoje: por hoy, es todo por hoy, (termine/termino/acabe) por hoy, fin de mi turno, (termine/termino) mi turno
embora: me voy, ya me voy, me retiro, (me voy/voy) a (casa/mi casa)
esperando: esperando, en espera
passar: pasa este, pasa el, pasa al, pasa a, pasar este, pasar el, pasar al
transferir: transfiere, transfiera, transferir
encerrar: (cierra/cerrar/termina/terminar/cierre) (el/este/la/esta) (chat/conversacion/atencion)
pendente: pendiente, pendientes
faltar: faltan, faltante
aprovar: aprobar
aprova: aprueba, apruebo, apruebe
aprovacao: aprobacion, aprobaciones, por aprobar, para aprobar
vazio: esa, ese, esas, esos, en
rejeitar: rechaza, rechazar, rechazo, rechace
delegar: delegar en, delega en
ferias: vacaciones, de vacaciones
rodando: corriendo, ejecutando, en curso
falhou: fallo, fallaron, fallando, fallado
relatorio: informe, informes, reporte, reportes
fechamento: cierre, cierre del mes, cerrar el mes, cierra el mes
finalizar: cerrar, cierra
acesso: accesos
liberar: suelta
fazer: haz, hacer, hace, generar
novo: nuevo, nueva, nuevos, nuevas
ver: muestra, muestrame, mostrame, ensename
backup: copia de seguridad, respaldo, una copia
usuario: usuarios
auditoria: quien hizo que, quien cambio (que/esto/eso)
painel: panel, el panel
perdido: no se (usar/como usar/usar esto/como funciona)
sim: hagamoslo, hagamos eso
hoje: hoy
"""
