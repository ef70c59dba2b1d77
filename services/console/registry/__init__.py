"""The registry desk's pages: organisations, domains, codes, issuers, announcements; one proposes, another approves."""
