"""Starting a robot: answers that get lost, an API that is down, refusals."""

import pytest

from sandbox import late
from tests.support.sellers import asks_to_sell, holders, pool, seller, started
from tests.support.service import RunningService


@pytest.mark.falha(47)
class TestStartThatTimedOutAfterItWasAccepted:
    async def test_it_is_asked_for_before_it_is_tried_again_under_the_same_key(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        service.sandbox.rpa.next("manual")
        service.sandbox.rpa.faults.lose_answer("executar")
        await asks_to_sell(ana)
        job = await service.sandbox.rpa.started()
        await started(service, job)
        calls = [(call.method, call.params) for call in service.sandbox.rpa.calls]
        assert [method for method, _ in calls] == ["executar", "job", "executar"]
        assert {params["idempotency_key"] for method, params in calls if method == "executar"} == {job.idempotency_key}
        assert calls[1][1]["job_id"] == job.idempotency_key == job.body["venda_id"]
        assert len(service.sandbox.rpa.jobs) == 1

    async def test_a_callback_that_came_meanwhile_makes_the_second_try_needless(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        service.sandbox.rpa.next("stall")
        service.sandbox.rpa.faults.lose_answer("executar")
        await asks_to_sell(ana)
        job = await service.sandbox.rpa.started()
        await ana.sees("Qual é o CEP")
        await ana.says("30140-071")
        assert await job.answered() == ["30140071"]
        assert job.starts <= 2
        assert len(service.sandbox.rpa.jobs) == 1

    async def test_a_sale_cancelled_meanwhile_has_its_robot_stopped(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        await service.login_bo()
        ana = await seller(service)
        service.sandbox.rpa.next("manual")
        service.sandbox.rpa.faults.lose_answer("executar")
        service.wiring.courier.senders["rpa"].first_wait = 1.0
        await asks_to_sell(ana)
        await ana.sees("O serviço dos robôs não está respondendo.")
        await ana.says("CANCELAR")
        await ana.taps("SIM, cancelar")
        job = await service.sandbox.rpa.started()
        await job.cancel_asked()
        assert len(await holders(service)) == 1
        await job.cancelled()
        await ana.sees("Venda cancelada.")
        assert (await pool(service)).livres == 1


@pytest.mark.falha(57)
class TestRpaApiDown:
    async def test_the_start_is_tried_again_with_growing_waits_and_told_once(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        service.sandbox.rpa.next(late("manual"))
        service.sandbox.rpa.faults.fail_next("executar", status=503, times=2)
        await asks_to_sell(ana)
        await ana.sees("O serviço dos robôs não está respondendo. Continuo tentando e aviso aqui; não precisa refazer.")
        job = await service.sandbox.rpa.started()
        await ana.says("STATUS")
        await ana.sees("O serviço dos robôs não está respondendo; continuo tentando.")
        job.answer_start()
        await started(service, job)
        await ana.says("STATUS")
        await ana.sees("🤖 O robô está trabalhando na sua venda: entrando no portal.")
        assert (await ana.quiet()).count("não precisa refazer") == 1
        first, second, third = (call.when for call in service.sandbox.rpa.calls.of("executar"))
        base = service.settings.rpa_espera_base
        assert second - first >= base
        assert third - second >= 2 * base

    async def test_after_the_last_attempt_the_login_is_back_and_the_seller_knows(self, service: RunningService) -> None:
        await service.login_bo()
        ana = await seller(service)
        service.sandbox.rpa.faults.down = True
        await asks_to_sell(ana)
        await ana.sees(
            "❌ A venda não foi concluída. O serviço dos robôs não respondeu a tempo. Tente de novo em alguns minutos."
        )
        assert (await pool(service)).livres == 1
        # Down as it is, the second and third attempt get no further than asking whether the first one was heard.
        assert [call.method for call in service.sandbox.rpa.calls] == ["executar", "job", "job"]
        assert service.settings.rpa_tentativas == 3

    async def test_a_start_refused_for_good_is_not_tried_again(self, sqlite_service: RunningService) -> None:
        service = sqlite_service
        await service.login_bo()
        ana = await seller(service)
        service.sandbox.rpa.faults.fail_next("executar", status=422)
        await asks_to_sell(ana)
        await ana.sees(
            "❌ A venda não foi concluída. O robô encontrou um problema inesperado. "
            "Fale com o administrador da sua operação."
        )
        assert (await pool(service)).livres == 1
        assert len(service.sandbox.rpa.calls) == 1

    async def test_a_robot_that_was_given_up_but_works_is_told_to_stop(self, service: RunningService) -> None:
        """Every answer to the start was lost: the sale failed, yet a robot runs with a login that is free again."""
        await service.login_bo()
        ana = await seller(service)
        service.sandbox.rpa.next("manual")
        service.sandbox.rpa.faults.lose_answer("executar", times=3)
        await asks_to_sell(ana)
        await ana.sees("O serviço dos robôs não respondeu a tempo.")
        job = await service.sandbox.rpa.started()
        reply = await job.ask("Qual é o CEP?", "cep")
        assert reply is not None
        assert reply.status == 200
        await job.cancel_asked()
        assert not ana.shows("Qual é o CEP?")
