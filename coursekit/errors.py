"""Every error that coursekit raises on purpose; imports nothing, so that every layer can raise them."""


class CoursekitError(Exception):
    """What all errors of this package have in common: `str(error)` is a sentence for a person.

    `status` is the exit status of a command that it ends: 1 for a fault in content or data, 2 where nothing could be written.
    """

    status = 1


class Unreadable(CoursekitError):
    """An answer that could not be read. It is not an attempt and never a zero; the text says what to type instead.

    `part` is the id of the control or row that could not be read, empty when it is the whole answer.
    """

    def __init__(self, message: str, part: str = ""):
        super().__init__(message)
        self.part = part


class UnknownExercise(CoursekitError, KeyError):
    """No exercise of that id could be loaded; the text names near ids, or the problem that its file has."""

    __str__ = Exception.__str__  # KeyError would print the message in quotes


class UnknownCase(CoursekitError, KeyError):
    """No case of that name could be loaded."""

    __str__ = Exception.__str__


class UnknownUnit(CoursekitError, KeyError):
    """No unit of that name could be loaded."""

    __str__ = Exception.__str__


class ContentError(CoursekitError):
    """A rule about content is broken. `place` is where in the file, `rule` what must hold, `cure` the next step."""

    def __init__(self, place: str, rule: str, cure: str = ""):
        super().__init__(": ".join(part for part in (place, rule) if part) + (f". {cure}" if cure else ""))
        self.place, self.rule, self.cure = place, rule, cure


class BadExpression(CoursekitError):
    """An arithmetic expression that cannot be evaluated: syntax, an unknown figure, a division by zero.

    `figure` is the name of the derived figure that it was to give, empty where it stands in a text or a key.
    """

    def __init__(self, message: str, figure: str = ""):
        super().__init__(message)
        self.figure = figure


class NotSaved(CoursekitError):
    """What a person did could not be written; the text says why and what to do. Nothing that was there before is lost."""

    status = 2


class CourseNotFound(CoursekitError):
    """The folder of notebooks and exercises is not where coursekit looks for it."""


class CannotStart(CoursekitError):
    """The course cannot be served: a port in use, a folder that cannot be written; the text says what to do."""

    status = 2


class BadAssignment(CoursekitError):
    """An assignment that cannot be set; `problems` are its problems, and the text has one a line."""

    def __init__(self, problems: list):
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class BadBundle(CoursekitError):
    """A released assignment that cannot be opened: a file missing, cut short, or made by a newer coursekit."""


class BadSubmission(CoursekitError):
    """A file handed in that cannot be read as one; the text says why. Nothing in it is graded, and it is never a zero."""


class BadInput(CoursekitError):
    """A folder, a roster or a table that a step of the gradebook cannot work with; the text says what to do."""


class NotWritten(BadInput):
    """A place that a step of the gradebook cannot write to: a full disk, no permission, a file where a folder should be."""

    status = 2
