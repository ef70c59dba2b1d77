"""Accounts: opened by an invitation once, logged in to with all three proofs, slow to guess, ended when told."""

import asyncio
from typing import Any

import pyotp
import pytest
from sqlalchemy import select

from lianfang.database import Database
from lianfang.events import SYSTEM, Actor, Event, verify
from lianfang.privacy import Vault
from services.people.accounts import caring, invitations, joining, logging_in, sessions, showing, tries
from services.people.accounts.models import Account, AccountSession, Invitation
from services.people.accounts.names import login_name, organisation_code
from services.people.accounts.passwords import fault_of
from services.people.models import Person
from services.people.roles import CHAT_ROLES
from tests.conftest import Hands

PASSWORD = "correct horse battery"
SECRET = pyotp.random_base32()


class People:
    """Invites, joins and logs in, as the console and the command line do."""

    def __init__(self, database: Database, vault: Vault, clock: Hands) -> None:
        self.database, self.vault, self.clock = database, vault, clock

    async def invite(self, role: str = "165", organisation: str = "cib") -> str:
        issued = await self.database.together(
            lambda s: invitations.issue(s, self.vault, role, organisation, actor=SYSTEM, now=self.clock())
        )
        return issued.code

    def code(self) -> str:
        return pyotp.TOTP(SECRET).at(self.clock())

    async def join(self, invitation: str, **changes: str) -> str:
        chosen = {
            "login_name": "ming",
            "password": PASSWORD,
            "secret": SECRET,
            "code": self.code(),
        } | changes
        opening = joining.Opening(invitation=invitation, **chosen)
        return await joining.open_account(self.database, self.vault, self.clock, opening)

    async def log_in(self, **changes: str) -> str:
        typed = {"name": "ming", "password": PASSWORD, "code": self.code(), "address": "192.0.2.1"} | changes
        return await logging_in.log_in(self.database, self.vault, self.clock, logging_in.Attempt(**typed))

    async def who(self, token: str) -> sessions.LoggedIn | None:
        return await self.database.look(lambda s: sessions.find_session(s, token, self.clock()))

    async def reasons(self) -> list[str]:
        async with self.database.read() as session:
            assert await verify(session) == []
            return [
                reason for reason in await session.scalars(select(Event.reason).order_by(Event.id)) if reason
            ]


@pytest.fixture
def people(database: Database, vault: Vault, clock: Hands) -> People:
    return People(database, vault, clock)


async def test_an_invitation_opens_one_account_with_its_role(people: People) -> None:
    code = await people.invite("association", "tiea")
    token = await people.join(code.lower().replace("-", " "))
    who = await people.who(token)
    assert who is not None
    assert who.roles == {("association", "tiea")}
    with pytest.raises(joining.NotJoined) as refused:
        await people.join(code, login_name="other")
    assert refused.value.codes == ("no_invitation",)


async def test_codes_secrets_and_tokens_are_not_stored(people: People) -> None:
    code = await people.invite()
    token = await people.join(code)
    async with people.database.read() as session:
        account = (await session.scalars(select(Account))).one()
        one = (await session.scalars(select(AccountSession))).one()
        invitation = (await session.scalars(select(Invitation))).one()
    assert PASSWORD not in account.password_hash
    assert account.password_hash.startswith("$argon2id$")
    assert SECRET.encode() not in account.totp_secret
    assert token not in vars(one).values()
    assert code not in vars(invitation).values()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"login_name": "x"}, "name_bad"),
        ({"password": "short"}, "password_short"),
        ({"password": "x" * 200}, "password_long"),
        ({"password": "ming" * 4}, "password_easy"),
        ({"code": "000000"}, "code_wrong"),
    ],
)
async def test_what_is_wrong_is_said_and_the_invitation_stays(
    people: People, changes: dict[str, str], fault: str
) -> None:
    code = await people.invite()
    with pytest.raises(joining.NotJoined) as refused:
        await people.join(code, **changes)
    assert fault in refused.value.codes
    assert await people.join(code)


async def test_a_name_is_taken_once(people: People) -> None:
    await people.join(await people.invite())
    with pytest.raises(joining.NotJoined) as refused:
        await people.join(await people.invite(), login_name="MING")
    assert refused.value.codes == ("name_taken",)


async def test_expired_withdrawn_and_chat_invitations_open_no_account(people: People) -> None:
    expired, withdrawn, merchant = (
        await people.invite(),
        await people.invite(),
        await people.invite("merchant", "shop"),
    )
    async with people.database.read() as session:
        ids = list(await session.scalars(select(Invitation.id).order_by(Invitation.id)))
    await people.database.together(
        lambda s: invitations.withdraw(s, ids[1], actor=SYSTEM, now=people.clock())
    )
    for code in (withdrawn, merchant, "JOIN-0000-0000-0000", ""):
        with pytest.raises(joining.NotJoined):
            await people.join(code)
    people.clock.move(days=8)
    with pytest.raises(joining.NotJoined):
        await people.join(expired)


async def test_somebody_known_takes_a_role_of_the_chat_only(people: People, clock: Hands) -> None:
    async with people.database.write() as session:
        session.add(Person(id="p_known", created_at=clock(), last_seen=clock()))
    officer, merchant = await people.invite(), await people.invite("merchant", "shop")

    def take(code: str) -> Any:
        return people.database.together(
            lambda s: joining.take_role(s, people.vault, "p_known", code, clock(), roles=CHAT_ROLES)
        )

    assert await take(officer) is None
    assert await take(f"my code is {merchant} thanks") == ("merchant", "shop")
    assert await take(merchant) is None
    for _ in range(4):
        assert not isinstance(await take("JOIN-0000-0000-0000"), tuple)
    assert await take(officer) == clock() + tries.WINDOW


async def test_log_in_needs_all_three(people: People, clock: Hands) -> None:
    await people.join(await people.invite())
    clock.move(minutes=1)
    for changes in ({"name": "nobody"}, {"password": "wrong"}, {"code": "000000"}, {"name": ""}):
        with pytest.raises(logging_in.LogInRefused):
            await people.log_in(**changes)
    token = await people.log_in(name=" MING ")
    assert await people.who(token) is not None
    assert await people.who("nothing") is None
    assert await people.reasons() == [
        "log_in_unknown_name",
        "log_in_wrong_password",
        "log_in_wrong_code",
        "log_in_unknown_name",
    ]


async def test_a_code_is_good_once(people: People, clock: Hands) -> None:
    await people.join(await people.invite())
    with pytest.raises(logging_in.LogInRefused):
        await people.log_in()  # the code of the set-up
    clock.move(seconds=30)
    await people.log_in()
    with pytest.raises(logging_in.LogInRefused):
        await people.log_in()


async def test_a_code_of_an_app_that_is_30_s_off_is_good(people: People, clock: Hands) -> None:
    await people.join(await people.invite())
    clock.move(minutes=2)
    early, late = (pyotp.TOTP(SECRET).at(clock(), counter_offset=steps) for steps in (-2, 1))
    with pytest.raises(logging_in.LogInRefused):
        await people.log_in(code=early)
    await people.log_in(code=late)


async def test_guessing_is_stopped_for_known_and_unknown_names_alike(people: People, clock: Hands) -> None:
    await people.join(await people.invite())
    clock.move(minutes=1)
    for name in ("ming", "nobody"):
        for number in range(logging_in.MOST_FOR_NAME):
            with pytest.raises(logging_in.LogInRefused):
                await people.log_in(name=name, password="wrong", address=f"192.0.2.{number}")
        for _ in range(2):
            with pytest.raises(tries.TooManyTries):
                await people.log_in(name=name, address="198.51.100.1")
    assert (await people.reasons()).count("log_in_too_many_tries") == 2
    clock.move(minutes=16)
    await people.log_in()


async def test_guesses_at_the_same_moment_all_count(people: People, clock: Hands) -> None:
    await people.join(await people.invite())
    clock.move(minutes=1)
    outcomes = await asyncio.gather(
        *(people.log_in(password="wrong", address=f"192.0.2.{number}") for number in range(8)),
        return_exceptions=True,
    )
    assert sum(isinstance(one, logging_in.LogInRefused) for one in outcomes) == logging_in.MOST_FOR_NAME
    assert sum(isinstance(one, tries.TooManyTries) for one in outcomes) == 3


async def test_one_address_cannot_try_many_names_but_many_may_share_it(people: People, clock: Hands) -> None:
    await people.join(await people.invite())
    for _ in range(logging_in.MOST_FROM_ADDRESS + 2):
        clock.move(seconds=30)
        await people.log_in()
    for number in range(logging_in.MOST_FROM_ADDRESS):
        with pytest.raises(logging_in.LogInRefused):
            await people.log_in(name=f"name{number}")
    clock.move(seconds=30)
    with pytest.raises(tries.TooManyTries):
        await people.log_in(name="one-more")


async def test_sessions_end_by_themselves_and_when_told(people: People, clock: Hands) -> None:
    tokens = [await people.join(await people.invite())]
    for _ in range(2):
        clock.move(seconds=30)
        tokens.append(await people.log_in())
    who = await people.who(tokens[0])
    assert who is not None
    assert len(await people.database.look(lambda s: sessions.open_sessions(s, who.person, clock()))) == 3
    ended = await people.database.together(
        lambda s: sessions.end_sessions(
            s, who.person, actor=SYSTEM, now=clock(), reason="log_out", only=who.session
        )
    )
    assert ended == 1
    assert [await people.who(token) is not None for token in tokens] == [False, True, True]
    for _ in range(13):
        clock.move(minutes=59)
        second = await people.who(tokens[1])
        async with people.database.write() as session:
            await session.run_sync(sessions.note_seen, second.session if second else "", clock())
    assert await people.who(tokens[2]) is None  # not used for an hour
    assert await people.who(tokens[1]) is None  # twelve hours old


async def test_a_suspended_account_is_out_until_it_is_restored(people: People, clock: Hands) -> None:
    token = await people.join(await people.invite())
    who = await people.who(token)
    assert who is not None

    async def change(event: str, actor: str = "p_admin") -> None:
        await people.database.together(
            lambda s: caring.change_state(s, who.person, event, actor=Actor("officer", actor), now=clock())
        )

    recovery = await people.database.together(
        lambda s: invitations.issue_recovery(s, people.vault, who.person, actor=SYSTEM, now=clock())
    )
    with pytest.raises(caring.NotChanged):
        await change("suspend", who.person)
    await change("suspend")
    with pytest.raises(caring.NotChanged):
        await change("suspend")
    assert await people.who(token) is None
    clock.move(minutes=1)
    with pytest.raises(logging_in.LogInRefused):
        await people.log_in()
    with pytest.raises(joining.NotJoined):
        await people.join(recovery.code)
    await change("restore")
    assert await people.log_in()


async def test_a_recovery_gives_back_the_same_person(people: People, clock: Hands) -> None:
    token = await people.join(await people.invite())
    who = await people.who(token)
    assert who is not None
    recovery = await people.database.together(
        lambda s: invitations.issue_recovery(s, people.vault, who.person, actor=SYSTEM, now=clock())
    )
    offer = await joining.look_at(people.database, people.vault, clock, recovery.code, "192.0.2.9")
    assert offer == joining.Offer("", "", "ming")
    with pytest.raises(joining.NotJoined):
        await people.join(recovery.code, login_name="somebody-else")
    again = await people.join(recovery.code, password="another long password")
    known = await people.who(again)
    assert known is not None
    assert known.person == who.person
    assert await people.who(token) is None
    clock.move(minutes=1)
    await people.log_in(password="another long password")


async def test_a_new_password_ends_the_other_sessions(people: People, clock: Hands) -> None:
    first = await people.join(await people.invite())
    clock.move(minutes=1)
    second = await people.log_in()
    who = await people.who(second)
    assert who is not None
    for old, new, fault in (
        ("wrong", "another long password", "password_wrong"),
        (PASSWORD, "short", "password_short"),
    ):
        with pytest.raises(caring.NotChanged) as refused:
            await caring.change_password(people.database, clock, who, old, new)
        assert refused.value.code == fault
    assert await caring.change_password(people.database, clock, who, PASSWORD, "another long password") == 1
    assert await people.who(first) is None
    assert await people.who(second) is not None


async def test_looking_for_invitations_is_limited(people: People, clock: Hands) -> None:
    code = await people.invite()
    for _ in range(logging_in.MOST_FROM_ADDRESS):
        assert await joining.look_at(people.database, people.vault, clock, "JOIN-1", "192.0.2.9") is None
    with pytest.raises(tries.TooManyTries):
        await joining.look_at(people.database, people.vault, clock, code, "192.0.2.9")
    offer = await joining.look_at(people.database, people.vault, clock, code, "192.0.2.10")
    assert offer == joining.Offer("165", "cib", None)


@pytest.mark.parametrize(
    ("role", "organisation", "fault"),
    [("king", "cib", "unknown_role"), ("165", "刑事局", "bad_organisation"), ("165", "", "bad_organisation")],
)
async def test_only_known_roles_and_codes_are_invited(
    people: People, role: str, organisation: str, fault: str
) -> None:
    with pytest.raises(invitations.BadInvitation) as refused:
        await people.invite(role, organisation)
    assert refused.value.code == fault


async def test_an_admin_sees_accounts_and_invitations(people: People) -> None:
    await people.join(await people.invite())
    await people.invite("auditor", "audit-office")
    [one] = await people.database.look(lambda s: showing.accounts(s, like="mi"))
    assert (one.login_name, one.state, [(r.role, r.organisation) for r in one.roles]) == (
        "ming",
        "active",
        [("165", "cib")],
    )
    newest, used = await people.database.look(showing.invitations)
    assert (newest.role, newest.state, used.state, used.used_by) == ("auditor", "open", "used", one.person)
    assert await people.database.look(lambda s: showing.accounts(s, after="ming")) == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Ming.Lee@cib", "ming.lee@cib"),
        ("ｍｉｎｇ", "ming"),
        ("mi", None),
        ("ming lee", None),
        ("міng", None),
    ],
)
def test_login_names_have_one_spelling(typed: str, name: str | None) -> None:
    assert login_name(typed) == name


def test_an_organisation_is_not_two_by_spelling() -> None:
    assert organisation_code("TiEA ") == organisation_code("tiea") == "tiea"
    assert organisation_code("ti ea") is None


def test_a_password_of_any_script_is_good() -> None:
    assert fault_of("我家門前有小河後面有山坡", "ming") is None
