"""Imports every module that declares tables, so that migrations, retention and tests see all of them."""

import bot.models
import lianfang.events
import lianfang.idempotency
import lianfang.jobs
import lianfang.notices
import services.cases.models
import services.people.models
import services.registry.campaigns.models
import services.registry.late.models
import services.registry.models

MODULES = (
    bot.models,
    lianfang.events,
    lianfang.idempotency,
    lianfang.jobs,
    lianfang.notices,
    services.cases.models,
    services.people.models,
    services.registry.campaigns.models,
    services.registry.late.models,
    services.registry.models,
)
