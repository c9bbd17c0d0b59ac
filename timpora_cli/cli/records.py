"""Options that belong together, as records: a command takes the record, Typer sees the options."""

import inspect
from collections.abc import Callable
from dataclasses import MISSING, is_dataclass
from functools import wraps
from typing import ClassVar, get_origin, get_type_hints


class OptionRecord:
    """A record of options: each annotated attribute of the class is an option, with its default beside it.

    A dataclass does as well; making one costs a command on the way to every list a hundredth of its start.
    """

    def __init__(self, **typed: object) -> None:
        for name, value in typed.items():
            setattr(self, name, value)
        self.check()

    def given(self, *names: str) -> list[str]:
        """Return those of the options `names` that hold something, as they are typed: for_spreadsheet is that of
        --for-spreadsheet.
        """
        return [f"--{name.replace('_', '-')}" for name in names if getattr(self, name)]

    def check(self) -> None:
        """Refuse what needs no register to be checked, before the command begins."""


def takes_records(function: Callable[..., None]) -> Callable[..., None]:
    """Let a command take dataclasses whose fields are options: Typer sees the fields, the command gets the records.

    It stands below `@app.command`. Two options of one name are a TypeError, when the module is imported.
    """
    hints = get_type_hints(function, include_extras=True)
    records: dict[str, tuple[type, list[str]]] = {}
    options: list[inspect.Parameter] = []
    for parameter in inspect.signature(function).parameters.values():
        hint = hints[parameter.name]
        found = [parameter.replace(annotation=hint, kind=inspect.Parameter.KEYWORD_ONLY)]
        if isinstance(hint, type) and (issubclass(hint, OptionRecord) or is_dataclass(hint)):
            found = _options_of(hint)
            records[parameter.name] = hint, [option.name for option in found]
        options += found
    names = [option.name for option in options]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        message = f"{function.__qualname__}: declared twice: {', '.join(twice)}"
        raise TypeError(message)

    @wraps(function)
    def command(**values: object) -> None:
        made = {name: record(**{key: values.pop(key) for key in keys}) for name, (record, keys) in records.items()}
        function(**values, **made)

    command.__signature__ = inspect.Signature(options)  # type: ignore[attr-defined]
    command.__annotations__ = {option.name: option.annotation for option in options}
    return command


def _options_of(record: type) -> list[inspect.Parameter]:
    empty = inspect.Parameter.empty
    return [
        inspect.Parameter(
            name, inspect.Parameter.KEYWORD_ONLY, default=_default(record, name, empty), annotation=annotation
        )
        for name, annotation in get_type_hints(record, include_extras=True).items()
        if get_origin(annotation) is not ClassVar
    ]


def _default(record: type, name: str, none: object) -> object:
    declared = getattr(record, "__dataclass_fields__", {}).get(name)
    if declared is None:
        return getattr(record, name, none)
    return none if declared.default is MISSING else declared.default
