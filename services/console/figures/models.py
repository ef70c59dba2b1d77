"""Counts by day: what the figures page adds up."""

from datetime import date

from sqlalchemy import BigInteger, Date, String
from sqlalchemy.orm import Mapped, mapped_column

from lianfang.database import Base, Retention


class Figure(Base):
    """`name` of the figure, `key` within it (a state, a verdict); `seconds` add up where a time is measured."""

    __tablename__ = "figures"

    day: Mapped[date] = mapped_column(Date, primary_key=True)  # in Taipei
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    count: Mapped[int]
    seconds: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = ({"info": {"retention": Retention("counts by day; nothing about a person")}},)
