"""A page taken apart, for tests of reports."""

import json
from html.parser import HTMLParser

HOSTILE = "<script>window.hacked=1</script>"
ATTRIBUTE = '"><img src=x onerror="window.hacked=1"> {0} {wide} & ]]>'
VOID = {"meta", "input", "br", "img", "link", "hr"}


class Page(HTMLParser):
    """A page taken apart: elements as (tag, attributes, text), rows of tables by caption. faults: tags left open or crossed."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.text, self.elements, self.faults, self._open = text, [], [], []
        self.feed(text)
        self.close()
        self.faults += [f"{each[0]} is never closed" for each in self._open]

    def handle_starttag(self, tag, attrs):
        element = (tag, dict(attrs), [])
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), []))

    def handle_endtag(self, tag):
        if not self._open or self._open[-1][0] != tag:
            self.faults.append(f"</{tag}> where {[each[0] for each in self._open[-3:]]} are open")
            return
        self._open.pop()

    def handle_data(self, data):
        for element in self._open:
            element[2].append(data)

    def all(self, tag, **attributes):
        """Elements of a tag with some attributes, as (attributes, text)."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [(each, "".join(text)) for kind, each, text in self.elements
                if kind == tag and all(each.get(name) == value for name, value in wanted.items())]  # fmt: skip

    def rows(self, caption):
        """The cells of the body of the table with that caption."""
        found, inside, row = [], False, None
        for tag, _, text in self.elements:
            if tag == "table":
                inside = False
            elif tag == "caption":
                inside = "".join(text) == caption
            elif inside and tag == "tr":
                row = []
                found.append(row)
            elif inside and tag in ("th", "td"):
                row.append("".join(text))
        return found[1:]

    @property
    def data(self):
        """What the replay reads."""
        ((_, text),) = self.all("script", type="application/json")
        return json.loads(text)
