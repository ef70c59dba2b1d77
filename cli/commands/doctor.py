"""`lianfang doctor`: what is missing and how to get it; changes nothing."""

import asyncio

import click

from cli.places import Failure, read_settings

SIGNS = {"ok": "✓", "note": "·", "fault": "✗"}


@click.command()
def doctor() -> None:
    """Look at all that Lianfang needs: ✓ is there, · comes by itself or is your choice, ✗ needs you."""
    from cli import findings

    async def look() -> list[findings.Finding]:
        found = list(findings.programs())
        try:
            settings = read_settings()
        except Failure as failure:
            return [*found, findings.Finding("fault", str(failure))]
        for one in (findings.core, findings.listening, findings.channels, findings.late_evidence):
            found += one(settings)
        found += [finding async for finding in findings.database(settings)]
        return found

    found = asyncio.run(look())
    for finding in found:
        click.echo(f"{SIGNS[finding.mark]} {finding.sentence}")
    if any(finding.mark == "fault" for finding in found):
        raise SystemExit(1)
