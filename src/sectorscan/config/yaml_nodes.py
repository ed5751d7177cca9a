"""Hostile YAML into a small tree of text with line and column.

The stream of events is read once and nothing is built that the limits don't allow: no aliases
(they multiply: a few hundred bytes can stand for gigabytes), no merge keys, no tags, no duplicate
keys, one document, at most 1 MiB, 20 levels and 50,000 entries. Every scalar stays text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from sectorscan.config.fields import is_safe
from sectorscan.errors import ConfigError, Finding

LARGEST_FILE = 1 << 20
DEEPEST = 20
MOST_NODES = 50_000
MOST_FINDINGS = 50
MOST_UNSAFE = 10

# libyaml is tens of times faster; PyYAML's own parser gives the same events where it is absent.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_PLAIN_WORDS = (
    ("that cannot start any token", "this character can't stand here", "Put the text in quotes;"
     " indent with spaces, never with tabs."),
    ("mapping values are not allowed", "a second ': ' on one line",
     "Put text that holds ': ' in quotes, and check the indentation."),
    ("could not find expected ':'", "a key without ':'",
     "Write key: value, with a space after the colon."),
    ("unexpected end of st", "a quote is opened and never closed", "Close the quote."),
    ("found unknown escape", "a backslash inside double quotes means something else",
     "Use single quotes: 'C:\\folder'."),
    ("hexdecimal number", "a backslash inside double quotes means something else",
     "Use single quotes: 'C:\\Users'."),
    ("hexadecimal number", "a backslash inside double quotes means something else",
     "Use single quotes: 'C:\\Users'."),
    ("expected ',' or", "a bracket or brace isn't closed, or a comma is missing",
     "Close it, and put commas between the entries."),
    ("did not find expected key", "the indentation doesn't fit, or a bracket isn't closed",
     "Align the keys of one level, with spaces."),
    ("expected <block end>", "the indentation doesn't fit, or a bracket isn't closed",
     "Align the keys of one level, with spaces."),
    ("did not find expected '-' indicator", "the list's indentation doesn't fit",
     "Align the dashes, with spaces."),
    ("control characters are not allowed", "a character that YAML doesn't allow",
     "Is this a text file? Save it as plain text, UTF-8."),
    ("special characters are not allowed", "a character that YAML doesn't allow",
     "Is this a text file? Save it as plain text, UTF-8."),
)  # fmt: skip


_OPENED = ("while parsing a flow", "while scanning a quoted")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where nodes come from: a file's name and folder, or an option of the command line.

    ``is_users`` is False for shipped presets; ``is_option`` True for the command line.
    """

    name: str
    folder: Path | None = None
    is_users: bool = True
    is_option: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of the YAML: text, None, a list or a mapping of nodes, and where it stands.

    ``key_line`` and ``key_column`` are those of the key before it (its own in a list).
    """

    value: str | list[Node] | dict[str, Node] | None
    line: int
    column: int
    key_line: int
    key_column: int
    origin: Origin

    @property
    def mapping(self) -> dict[str, Node] | None:
        """The keys, or None where this isn't a mapping."""
        return self.value if isinstance(self.value, dict) else None


@dataclass(slots=True)
class _Builder:
    """The events of one file on their way into a tree."""

    events: Iterator[yaml.Event]
    origin: Origin
    nodes: int = 0
    unsafe: list[Finding] = field(default_factory=list)
    repeated: list[Finding] = field(default_factory=list)

    def finding(self, event: yaml.Event, what: str, remedy: str = "") -> Finding:
        return Finding(what, remedy, file=self.origin.name, position=_place(event))

    def refuse(self, event: yaml.Event, what: str, remedy: str) -> None:
        self.unsafe.append(self.finding(event, what, remedy))
        if len(self.unsafe) >= MOST_UNSAFE:
            raise ConfigError(self.unsafe)

    def node(self, event: yaml.Event, key: yaml.Event | None, depth: int) -> Node:
        self.nodes += 1
        if depth > DEEPEST:
            raise ConfigError([*self.unsafe, self.finding(
                event, f"nested more than {DEEPEST} levels deep", "A config needs no more than 7.")
            ])  # fmt: skip
        if self.nodes > MOST_NODES:
            raise ConfigError([*self.unsafe, self.finding(
                event, f"more than {MOST_NODES:,} entries", "Is this the right file?")
            ])  # fmt: skip
        self.check_anchor(event)
        value: str | list[Node] | dict[str, Node] | None = None
        if isinstance(event, yaml.MappingStartEvent):
            value = self.mapping(depth)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self.sequence(depth)
        elif isinstance(event, yaml.ScalarEvent):
            value = None if _is_null(event) else event.value
        return Node(value, *_place(event), *_place(key or event), self.origin)

    def check_anchor(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.refuse(event, "an alias (*) isn't allowed", "Write the value out.")
            return
        if getattr(event, "anchor", None) is not None:
            self.refuse(event, "an anchor (&) isn't allowed", "Put text that holds & in quotes.")
        if getattr(event, "tag", None) is not None:
            self.refuse(event, "a tag (!) isn't allowed", "Put text that holds ! in quotes.")

    def sequence(self, depth: int) -> list[Node]:
        found = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            found.append(self.node(event, None, depth + 1))
        return found

    def mapping(self, depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        while not isinstance(key := next(self.events), yaml.MappingEndEvent):
            name = self.key(key, depth)
            node = self.node(next(self.events), key, depth + 1)
            if name is None:
                continue
            if name in found:
                what = f"the key {printable(name)} stands here twice"
                remedy = f"It is on line {found[name].key_line} too: keep one."
                if len(self.repeated) < MOST_FINDINGS:
                    self.repeated.append(self.finding(key, what, remedy))
                continue
            found[name] = node
        return found

    def key(self, event: yaml.Event, depth: int) -> str | None:
        """Return a key's text, None where it can't be one (which is then in ``unsafe``)."""
        self.node(event, None, depth + 1)
        if not isinstance(event, yaml.ScalarEvent):
            if not isinstance(event, yaml.AliasEvent):
                self.refuse(event, "a key must be text", "Write key: value.")
            return None
        if event.value == "<<" and not event.style:
            self.refuse(event, "a merge key (<<) isn't allowed", "Use extends:, or write it out.")
            return None
        return str(event.value)


def _place(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


def printable(key: str) -> str:
    """Return a key as it can be shown: short, without control characters."""
    short = key if len(key) <= 60 else f"{key[:57]}..."
    return short if is_safe(short) else short.encode("unicode_escape").decode("ascii")


def read_text(path: Path) -> str:
    """Return a config's text: UTF-8 or UTF-16 (with a byte order mark), or else Windows-1252.

    Raises
    ------
    ConfigError
        If there is no such file, it is a folder, too large, or isn't text.
    """
    name = printable(path.name or str(path))
    try:
        if path.is_dir():
            remedy = "Name the YAML file inside it."
            raise ConfigError(Finding("is a folder, not a config", remedy, file=name))
        if not path.is_file():
            remedy = "Check its name and folder, or write a new one with: sectorscan init DIR"
            raise ConfigError(Finding("no such config file", remedy, file=name))
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        remedy = "Check the file and your rights to it."
        raise ConfigError(Finding(f"can't be read ({reason})", remedy, file=name)) from error
    if len(content) > LARGEST_FILE:
        what = "is larger than 1 MiB, which no config is"
        raise ConfigError(Finding(what, "Is this the right file?", file=name))
    return _decode(content, name)


def _decode(content: bytes, name: str) -> str:
    has_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ("utf-16",) if has_mark else ("utf-8-sig", "cp1252")
    if has_mark or b"\x00" not in content:
        for encoding in encodings:
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise ConfigError(Finding("isn't a text file", "Save it as plain text, UTF-8.", file=name))


def parse(text: str, origin: Origin) -> tuple[Node, tuple[Finding, ...]]:
    """Return the tree of one YAML document, and the keys that stand twice as findings.

    Raises
    ------
    ConfigError
        If the text isn't YAML, holds what isn't safe, or isn't one mapping.
    """
    try:
        return _build(text, origin)
    except yaml.MarkedYAMLError as error:
        raise ConfigError(_syntax(error, origin)) from error
    except yaml.reader.ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        position = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        what, remedy = _plain(str(error.reason))
        finding = Finding(what, remedy, file=origin.name, position=position)
        raise ConfigError(finding) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        what = "isn't valid YAML"
        remedy = "Is this a text file? Save it as plain text, UTF-8."
        raise ConfigError(Finding(what, remedy, file=origin.name)) from error


def _build(text: str, origin: Origin) -> tuple[Node, tuple[Finding, ...]]:
    builder = _Builder(iter(yaml.parse(text, Loader=_LOADER)), origin)
    empty = Node({}, 1, 1, 1, 1, origin)
    root: Node | None = None
    for event in builder.events:
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            builder.refuse(event, "a second document (---)", "Keep one document a file.")
            break
        if isinstance(
            event,
            yaml.MappingStartEvent | yaml.SequenceStartEvent | yaml.ScalarEvent | yaml.AliasEvent,
        ):
            root = builder.node(event, None, 1)
    if builder.unsafe:
        raise ConfigError(builder.unsafe)
    if root is None or root.value is None:
        return empty, ()
    if root.mapping is None:
        what = "must be keys and values, such as region: and criteria:"
        finding = Finding(what, file=origin.name, position=(root.line, root.column))
        raise ConfigError(finding)
    return root, tuple(builder.repeated)


def _is_null(event: yaml.ScalarEvent) -> bool:
    return not event.style and event.value in _NULLS


def _plain(problem: str) -> tuple[str, str]:
    for words, what, remedy in _PLAIN_WORDS:
        if words in problem:
            return f"isn't valid YAML: {what}", remedy
    return f"isn't valid YAML: {printable(problem)}", "Mend this line."


def _syntax(error: yaml.MarkedYAMLError, origin: Origin) -> Finding:
    mark = error.problem_mark or error.context_mark
    if error.context_mark and (error.context or "").startswith(_OPENED):
        mark = error.context_mark  # what isn't closed is best shown where it was opened
    position = (mark.line + 1, mark.column + 1) if mark else None
    what, remedy = _plain(error.problem or error.context or "it can't be read")
    return Finding(what, remedy, file=origin.name, position=position)
