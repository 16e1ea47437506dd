"""Files as analysts save them, written here as bytes, each with what must be read in it."""

import codecs

HEADER = "indicator,area,period,ethnic_group,numerator,denominator"
ROWS = """\
fines,Camden,2023-24,Asian,12,30100
fines,Camden,2023-24,Black,31,18200
fines,Camden,2023-24,White,57,114300
"""
# The rows above as they must be read, whatever the file looked like.
READ = [
    ("fines", "Camden", "2023-24", "Asian", "12", "30100"),
    ("fines", "Camden", "2023-24", "Black", "31", "18200"),
    ("fines", "Camden", "2023-24", "White", "57", "114300"),
]
PLAIN = f"{HEADER}\n{ROWS}"


def with_separator(text: str, separator: str) -> str:
    """Return a plain table with another separator."""
    return text.replace(",", separator)


def crlf(text: str) -> str:
    """Return a text with the line ends of Windows."""
    return text.replace("\n", "\r\n")


def of_excel_english() -> bytes:
    """Excel, "CSV UTF-8": a mark at the start, line ends of Windows."""
    return codecs.BOM_UTF8 + crlf(PLAIN).encode()


def of_excel_ansi() -> bytes:
    """Excel, "CSV (Comma delimited)": Windows-1252, here with a long dash in the period."""
    rows = ROWS.replace("2023-24", "Apr 23 – Mar 24")
    return crlf(f"{HEADER}\n{rows}").encode("cp1252")


def of_excel_german() -> bytes:
    """Excel in German settings: semicolons, decimal commas, points in thousands."""
    return crlf(
        "Indicator;Borough;Time period;Ethnic group;Count;Population\n"
        "fines;Camden;2023/24;Asian;12,0;30.100\n"
        "fines;Camden;2023/24;Black;31,0;18.200\n"
        "fines;Camden;2023/24;White;57,5;114.300\n"
    ).encode("cp1252")


def of_excel_with_sep() -> bytes:
    """A file whose first line tells Excel the separator."""
    return crlf(f"sep=;\n{with_separator(PLAIN, ';')}").encode()


def of_excel_unicode_text() -> bytes:
    """Excel, "Unicode Text": UTF-16 with a mark, tabs."""
    return codecs.BOM_UTF16_LE + crlf(with_separator(PLAIN, "\t")).encode("utf-16-le")


def of_power_shell() -> bytes:
    """UTF-16 the other way round, with a mark."""
    return codecs.BOM_UTF16_BE + PLAIN.encode("utf-16-be")


def of_sql_server() -> bytes:
    """UTF-16 without a mark."""
    return crlf(PLAIN).encode("utf-16-le")


def of_google_sheets() -> bytes:
    """Google Sheets: UTF-8, a number in thousands in quotation marks, no last line end."""
    rows = ROWS.replace("30100", '"30,100"').replace("18200", '"18,200"').replace("12,", "<5,")
    return crlf(f"{HEADER}\n{rows}").rstrip().encode()


def of_r() -> bytes:
    """R, write.csv(row.names = FALSE): every text in quotation marks, NA for what is missing."""
    return (
        b'"indicator","area","period","ethnic_group","numerator","denominator"\n'
        b'"fines","Camden","2023-24","Asian",12,30100\n'
        b'"fines","Camden","2023-24","Black",NA,18200\n'
        b'"fines","Camden","2023-24","White: English, Welsh or ""British""",57,114300\n'
    )


def of_r_with_row_names() -> bytes:
    """R, write.csv: a first column of row numbers without a heading."""
    rows = "".join(f'"{n}",{row}\n' for n, row in enumerate(ROWS.splitlines(), 1))
    return f'"",{HEADER}\n{rows}'.encode()


def of_pandas_merged() -> bytes:
    """A workbook with merged headings, written again by pandas."""
    return (
        b"indicator,area,period,ethnic_group,numerator,Unnamed: 5\n"
        b"fines,Camden,2023-24,Asian,12,0.4\n"
        b"fines,Camden,2023-24,Black,31,1.7\n"
    )


def of_spss() -> bytes:
    """SPSS: tabs, headings in capitals, texts filled up with blanks."""
    rows = [row.split(",") for row in ROWS.splitlines()]
    filled = ["\t".join(cell.ljust(12) for cell in row) for row in rows]
    heads = "INDICATOR\tLA\tYEAR\tETHNICITY\tFREQUENCY\tBASE"
    return codecs.BOM_UTF8 + crlf("\n".join([heads, *filled, ""])).encode()


def of_power_bi() -> bytes:
    """Power BI: a report's table with blank row and the filters under it."""
    notes = "Applied filters:\nYear is 2023-24\n"
    return codecs.BOM_UTF8 + crlf(f"{PLAIN}\n{notes}").encode()


def with_title() -> bytes:
    """A title, a blank row, then the table."""
    return f"Penalty fines in Camden, by ethnic group,,,,,\n,,,,,\n{PLAIN}".encode()


def with_short_title() -> bytes:
    """A title of one cell, as a text editor saves it."""
    return f'"Penalty fines, Camden"\nBy ethnic group\n{PLAIN}'.encode()


def with_notes() -> bytes:
    """Notes under the table, as Excel saves them: filled up with separators."""
    return f'{PLAIN},,,,,\n"Source: own records, 2024",,,,,\n[c] withheld,,,,,\n'.encode()


def with_blank_columns() -> bytes:
    """Columns and rows that were once used: only separators are left."""
    header, *rows = PLAIN.splitlines()
    wide = [f"{header},,", f"{rows[0]},,", ",,,,,,,", *(f"{row},," for row in rows[1:]), ",,,,,,,"]
    return crlf("\n".join([*wide, ""])).encode()


def with_line_break() -> bytes:
    """A heading and a label with a line break in it."""
    return (
        b'indicator,area,period,"ethnic\r\ngroup",numerator,denominator\r\n'
        b'fines,Camden,2023-24,"Asian or\r\nAsian British",12,30100\r\n'
        b"fines,Camden,2023-24,Black,31,18200\r\n"
    )


def with_short_rows() -> bytes:
    """Excel leaves out the last separators where the last column is empty for many rows."""
    header, *rows = PLAIN.splitlines()
    return crlf("\n".join([f"{header},note", rows[0], f"{rows[1]},revised", rows[2], ""])).encode()


def with_symbols() -> bytes:
    """Symbols for what is withheld and missing, and a row of the total."""
    return (
        b"Series,ONS code,Quarter,Ethnicity,Number\n"
        b"fines,E09000007,Q1 2024/25,Asian,[c]\n"
        b"fines,E09000007,Q1 2024/25,Black,<5\n"
        b'fines,E09000007,Q1 2024/25,Total,"1,234"\n'
    )


def of_old_mac() -> bytes:
    """Line ends of one carriage return."""
    return PLAIN.replace("\n", "\r").encode()
