"""Who lives and works in the demo: people who write on LINE and Telegram, officers with accounts, merchants."""

import secrets
from dataclasses import dataclass, field
from functools import partial

import pyotp
from sqlalchemy.orm import Session

from cli.demo.matters import MERCHANTS
from cli.demo.town import Officer, Town
from lianfang.events import Actor
from services.people.accounts import invitations
from services.people.accounts.joining import Opening, open_account, take_role
from services.people.accounts.showing import AccountShown, accounts
from services.people.binding import OPERATOR
from services.people.memory import Contact, recognise

PEOPLE = 140
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
# (role, organisation); the first is invited from the command line, and invites the others.
SEATS = (
    ("admin", "lianfang"), ("auditor", "audit"), ("165", "cib"), ("165", "npa"), ("association", "tiea"),
    ("association", "tca"), ("authority", "moda"), ("authority", "adi"), ("authority", "ncc"),
    ("registry_desk", "lianfang"), ("registry_desk", "twnic"), ("issuer", "gash"), ("issuer", "mycard"),
    ("issuer", "razer"), ("store", "seven_eleven"), ("store", "familymart"), ("store", "hilife"),
)  # fmt: skip
INVITED = (("merchant", "bookscomtw"), ("bank", "ctbc-bank"), ("police", "cib"), ("165", "cib"))


@dataclass(frozen=True)
class Opened:
    """An account as it is printed, once."""

    login: str
    password: str = field(repr=False)
    secret: str = field(repr=False)
    role: str
    organisation: str


async def settle(town: Town) -> None:
    """People get known."""

    def know(session: Session) -> list[str]:
        addresses = [
            Contact(
                "telegram" if number % 4 == 0 else "line",
                f"demo-{town.first + number}",
                f"demo_in_{town.first + number}",
                app_language="en" if number % 20 == 7 else "zh-TW",
            )
            for number in range(PEOPLE)
        ]
        return [recognise(session, town.vault, one, town.clock()).person for one in addresses]

    town.people = await town.do(know)


async def open_accounts(town: Town) -> list[Opened]:
    """An account for each seat; a login that is taken gets a number."""
    opened, inviting = [], OPERATOR
    for role, organisation in SEATS:
        login = await _free(town, f"{role}-{organisation}".replace("_", "-"))
        account = Opened(login, _password(), pyotp.random_base32(), role, organisation)
        person = await _open(town, account, inviting)
        inviting = inviting if inviting != OPERATOR else Actor("officer", person)
        town.officers.append(Officer(person, role, organisation))
        opened.append(account)
    return opened


async def _open(town: Town, account: Opened, inviting: Actor) -> str:
    issued = await town.do(
        partial(
            invitations.issue,
            vault=town.vault,
            role=account.role,
            organisation=account.organisation,
            actor=inviting,
            now=town.clock(),
        )
    )
    code = pyotp.TOTP(account.secret).at(town.clock())
    opening = Opening(issued.code, account.login, account.password, account.secret, code)
    await open_account(town.database, town.vault, town.clock, opening)
    return {one.login_name: one.person for one in await _beginning_with(town, account.login)}[account.login]


async def join_merchants(town: Town) -> dict[str, str]:
    """Merchants are invited and join in the chat; their persons by the name of what is theirs."""
    admin = Actor("officer", town.officer("admin").person)
    persons: dict[str, str] = {}
    for (brand, organisation), person in zip(MERCHANTS.items(), town.people, strict=False):

        def join(session: Session, organisation: str = organisation, person: str = person) -> None:
            now = town.clock()
            issued = invitations.issue(session, town.vault, "merchant", organisation, actor=admin, now=now)
            session.flush()
            take_role(session, town.vault, person, issued.code, now, roles={"merchant"})

        await town.do(join)
        persons[brand] = person
    return persons


async def invite_more(town: Town) -> None:
    """Invitations nobody has used; one of them is withdrawn."""
    admin = Actor("officer", town.officer("admin").person)

    def invite(session: Session) -> None:
        for role, organisation in INVITED:
            issued = invitations.issue(session, town.vault, role, organisation, actor=admin, now=town.clock())
        session.flush()
        invitations.withdraw(session, issued.id, actor=admin, now=town.clock())

    await town.do(invite)


async def _free(town: Town, login: str) -> str:
    taken = {one.login_name for one in await _beginning_with(town, login)}
    free = (login, *(f"{login}-{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in free if one not in taken)


async def _beginning_with(town: Town, login: str) -> list[AccountShown]:
    return await town.database.look(lambda session: accounts(session, like=login))


def _password() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))
