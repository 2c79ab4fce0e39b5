"""Tiny files of trade in the layouts of BACI and UN Comtrade; every number is invented here.

Layouts: CEPII's description of BACI, and headings of UN Comtrade's downloads as readers in the open
show them.
"""

from __future__ import annotations

from collections.abc import Sequence

from architrave.desks.supply.trade.concordance import shipped_concordance
from architrave.desks.supply.trade.model import Trade
from architrave.desks.supply.trade.reading import read_trade
from architrave.desks.supply.trade.sources import given_text

COUNTRIES = (
    "country_code,country_name,country_iso2,country_iso3\n"
    '156,China,CN,CHN\n392,Japan,JP,JPN\n410,"Korea, Republic of",KR,KOR\n'
    '490,"Other Asia, nes",,S19\n842,USA,US,USA\n899,"Areas, nes",,N/A\n'
)
NUMBERS = {"CHN": 156, "JPN": 392, "KOR": 410, "S19": 490, "USA": 842}
# Year, exporter, importer, code, thousand US$, tons: hydrogen fluoride and memories to Korea.
BACI_ROWS = (
    (2022, "JPN", "KOR", "281111", "600.0", "300.000"),
    (2022, "CHN", "KOR", "281111", "400.0", "400.000"),
    (2023, "JPN", "KOR", "281111", "500.0", "200.000"),
    (2023, "CHN", "KOR", "281111", "300.0", "400.000"),
    (2023, "USA", "KOR", "281111", "200.0", "NA"),
    (2023, "S19", "KOR", "854232", "9000.5", ""),
    (2023, "KOR", "USA", "854232", "7000.0", "2.500"),
    (2023, "KOR", "USA", "010121", "1.0", "1.0"),
)


def baci_text(rows: Sequence[tuple[object, ...]] = BACI_ROWS) -> str:
    """A year or more of BACI."""
    lines = ["t,i,j,k,v,q"]
    for year, seller, buyer, code, value, tons in rows:
        ends = f"{NUMBERS[str(seller)]},{NUMBERS[str(buyer)]}"
        lines.append(f"{year},{ends},{code},{value},{tons}")
    return "\n".join(lines) + "\n"


NEW = (
    "typeCode,freqCode,refPeriodId,refYear,refMonth,period,reporterCode,reporterISO,reporterDesc,"
    "flowCode,flowDesc,partnerCode,partnerISO,partnerDesc,partner2Code,partner2ISO,"
    "classificationCode,cmdCode,customsCode,motCode,netWgt,primaryValue"
).split(",")


def new_row(
    reporter: str, flow: str, partner: str, code: str, value: object, weight: object = "",
    *, year: int = 2023, month: int = 0, **other: object,
) -> dict[str, object]:  # fmt: skip
    """A row of the present download, by its columns."""
    numbers = {**NUMBERS, "W00": 0}
    return {
        "typeCode": "C", "freqCode": "M" if month else "A", "refPeriodId": year * 10000 + 101,
        "refYear": year, "refMonth": month or 52,
        "period": f"{year}{month:02d}" if month else year,
        "reporterCode": numbers[reporter], "reporterISO": reporter, "reporterDesc": "C\u00f4te",
        "flowCode": flow, "flowDesc": flow, "partnerCode": numbers[partner],
        "partnerISO": partner, "partnerDesc": partner, "partner2Code": 0, "partner2ISO": "W00",
        "classificationCode": "H6", "cmdCode": code, "customsCode": "C00", "motCode": 0,
        "netWgt": weight, "primaryValue": value, **other,
    }  # fmt: skip


NEW_ROWS = (
    new_row("KOR", "M", "W00", "281111", 1_100_000, 1_000_000),
    new_row("KOR", "M", "JPN", "281111", 600_000, 200_000),
    new_row("KOR", "M", "CHN", "281111", 400_000, 0),
    new_row("KOR", "M", "CHN", "281111", 150_000, 10, motCode=2100),
    new_row("KOR", "M", "S19", "854232", 9_000_000, 3_000, partnerISO="", partnerCode=490),
    new_row("JPN", "X", "KOR", "281111", 550_000, 200_000),
    new_row("JPN", "RX", "KOR", "281111", 50_000, 20_000),
    new_row("KOR", "M", "JPN", "8542", 5, 5),
    new_row("KOR", "RM", "JPN", "281111", 7, 7),
)


def new_text(rows: Sequence[dict[str, object]] = NEW_ROWS) -> str:
    """The present download; each row ends with a comma that the heading does not have."""
    lines = [",".join(NEW)]
    lines += [",".join(str(row[one]) for one in NEW) + "," for row in rows]
    return "\n".join(lines) + "\n"


OLD = (
    "Classification,Year,Period,Aggregate Level,Trade Flow Code,Trade Flow,Reporter Code,Reporter,"
    "Reporter ISO,Partner Code,Partner,Partner ISO,Commodity Code,Commodity,Netweight (kg),"
    "Trade Value (US$),Flag"
)


def old_text(
    rows: Sequence[tuple[int, str, str, str, str, object, object]] = (
        (2019, "Import", "KOR", "JPN", "281111", 100, 800),
        (2019, "Import", "KOR", "CHN", "281111", "", 200),
        (2019, "Export", "JPN", "KOR", "281111", 100, 700),
        (2019, "Re-Export", "JPN", "KOR", "281111", 10, 70),
    ),
) -> str:
    """The older download: year, flow, reporter, partner, code, weight, value."""
    lines = [OLD]
    for year, flow, reporter, partner, code, weight, value in rows:
        ends = f"{NUMBERS.get(reporter, 0)},{reporter},{reporter}," + (
            f"{NUMBERS.get(partner, 0)},{partner},{partner}"
        )
        lines.append(
            f'H5,{year},{year},6,1,{flow},{ends},{code},"Name, all of it",{weight},{value},0'
        )
    return "\n".join(lines) + "\n"


def trade_of(**texts: str) -> Trade:
    """The trade in some files, each by its name with ``_`` for the dot."""
    files = [given_text(name.replace("_csv", ".csv"), text) for name, text in texts.items()]
    return read_trade(files, shipped_concordance())


def baci_trade(rows: Sequence[tuple[object, ...]] = BACI_ROWS) -> Trade:
    """The trade in a copy of BACI."""
    return trade_of(BACI_HS22_Y2023_csv=baci_text(rows), country_codes_csv=COUNTRIES)
