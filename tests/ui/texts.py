"""The articles of these tests, and what the file is asked."""

from collections.abc import Callable

STRIKE = (
    "Dockers walk out\n\n"
    "Mara Lind said on Monday that Harbour Union members would strike. Lind’s deputy, Tom Lind, denied it.\n\n"
    "“We stop,” Mara Lind said, “at noon.” "
    "The Courier wrote that officials feared 300 ships would wait off Port Vale.\n"
)
MIXED = "Heading\r\n👩🏽‍🚒 Zoë met 王小明 and Cafe\u0301 Ana in Port Vale’s hall.\r\n\r\nTail of Zoë 🙂.\r\n"
ARABIC = "السوق\n\nقال أحمد كريم إن السوق مغلق. نفى سامي ذلك.\n\nEnd by Omar.\n"
TEXTS = (STRIKE, MIXED, ARABIC)

MENTIONS = 'SELECT label, quote, start, "end" FROM mention ORDER BY start, "end", label'
QUOTES = 'SELECT label, quote FROM mention ORDER BY start, "end", label'
CUTS = (
    'SELECT m.quote, m.start, m."end", substr(t.text, m.start + 1, m."end" - m.start) FROM mention m '
    "JOIN article a ON a.id = m.article_id JOIN text t ON t.sha256 = a.sha256 ORDER BY m.start"
)
LINKS = (
    "SELECT m.quote, e.name FROM mention m LEFT JOIN entity e ON e.id = m.entity_id "
    "JOIN article a ON a.id = m.article_id ORDER BY a.seq, m.start"
)
CLASHES = (
    "Clashes in the north\n\n"
    "On Friday, 15 Taliban fighters were killed near Baghlan, Amrullah Saleh told the Post in a tweet.\n\n"
    "The Taliban denied that dozens of militants fled. At least 40 people were hurt on 03/04/2021, a doctor said on "
    "Thursday, August 21. He counted 300 ships.\n"
)
"""Published on Sunday, 22 August 2021; that Thursday was a Saturday."""
_TABLES = (
    *("project", "annotator", "text", "article", "entity", "alias", "entity_key", "external_id", "mention", "zone"),
    *("claim", "claim_source", "claim_about", "claim_party", "claim_quantity", "link", "assignment"),
)


def everything(rows: Callable[..., list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """All records of the project."""
    return {table: rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in _TABLES}
