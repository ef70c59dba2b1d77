"""Imports every module that declares tables, so that migrations, retention and tests see all of them."""

import bot.models
import lianfang.events
import lianfang.idempotency
import lianfang.jobs
import lianfang.notices
import services.cases.models
import services.console.figures.models
import services.locks.models
import services.partners.models
import services.people.accounts.models
import services.people.models
import services.registry.campaigns.models
import services.registry.desk.models
import services.registry.late.models
import services.registry.models
import services.reports.models

MODULES = (
    bot.models,
    lianfang.events,
    lianfang.idempotency,
    lianfang.jobs,
    lianfang.notices,
    services.cases.models,
    services.console.figures.models,
    services.locks.models,
    services.partners.models,
    services.people.accounts.models,
    services.people.models,
    services.registry.campaigns.models,
    services.registry.desk.models,
    services.registry.late.models,
    services.registry.models,
    services.reports.models,
)
