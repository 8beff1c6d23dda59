"""Files broken on purpose, for the tests of readers."""

from hypothesis import strategies as st


def broken_variant(whole: bytes, data: st.DataObject, escapes: bytes) -> bytes:
    """Bytes changed, cut short, lines exchanged, or something in place that unfolds to what no text can hold."""
    how = data.draw(st.sampled_from(("bytes", "cut", "lines", "escapes")))
    at = data.draw(st.integers(0, max(0, len(whole) - 1)))
    if how == "cut":
        return whole[:at]
    if how == "lines":
        return b"\n".join(data.draw(st.permutations(whole.split(b"\n"))))
    piece = data.draw(st.binary(min_size=1, max_size=4)) if how == "bytes" else escapes
    return whole[:at] + piece + whole[at + len(piece) :]
