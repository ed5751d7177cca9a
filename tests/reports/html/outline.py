"""A page taken apart by an HTML parser."""

from html.parser import HTMLParser


class Outline(HTMLParser):
    """What a page consists of: its elements with their attributes, its scripts and styles."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.texts = {"script": [], "style": []}
        self._inside = None
        self.words = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._inside = tag if tag in self.texts else None
        if self._inside:
            self.texts[tag].append("")

    def handle_endtag(self, tag):
        self._inside = None

    def handle_data(self, data):
        if self._inside:
            self.texts[self._inside][-1] += data
        else:
            self.words.append(data)

    def tags(self):
        return [tag for tag, _ in self.elements]

    def attributes(self):
        return {name for _, attributes in self.elements for name in attributes}
