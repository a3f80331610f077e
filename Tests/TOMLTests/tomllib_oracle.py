"""What Python's tomllib makes of many documents.

    tomllib_oracle.py DOCUMENTS VERDICTS

DOCUMENTS holds documents, each behind its length (4 bytes, the highest first). VERDICTS gets a line for each: "invalid",
"exhausted" (valid or not, Python's stack was too short for it), or, parted by single spaces, how many tables and arrays
stand inside each other, "wide" or "narrow" (whether an integer needs more than 64 bits), and the canonical text, which
CanonicalText.swift describes.
"""

import datetime
import json
import math
import struct
import sys
import tomllib


class Rendering:
    """The canonical text of one document, in pieces, and what was noticed while it was made."""

    def __init__(self, document):
        self.pieces = []
        self.depth = 0
        self.is_wide = False
        self.render(document, 0)

    def render(self, value, depth):
        write = self.pieces.append
        if isinstance(value, str):
            write(json.dumps(value))
        elif isinstance(value, bool):
            write("true" if value else "false")
        elif isinstance(value, int):
            if not -(2**63) <= value < 2**63:
                self.is_wide = True
                write("wide")
            else:
                write(f"i{value}")
        elif isinstance(value, float):
            write("nan" if math.isnan(value) else "f" + struct.pack(">d", value).hex())
        elif isinstance(value, datetime.datetime):
            write("t" + value.isoformat(timespec="microseconds"))
        elif isinstance(value, datetime.time):
            write("t" + value.isoformat(timespec="microseconds"))
        elif isinstance(value, datetime.date):
            write("t" + value.isoformat())
        elif isinstance(value, list):
            self.depth = max(self.depth, depth)
            write("[")
            for item in value:
                self.render(item, depth + 1)
                write(",")
            write("]")
        else:
            self.depth = max(self.depth, depth)
            write("{")
            for key, item in value.items():
                write(json.dumps(key))
                write(":")
                self.render(item, depth + 1)
                write(",")
            write("}")


def verdict(document):
    try:
        rendering = Rendering(tomllib.loads(document.decode()))
    except ValueError:
        # tomllib.TOMLDecodeError, UnicodeDecodeError, and what int() says of more than 4300 digits.
        return "invalid"
    except RecursionError:
        return "exhausted"
    width = "wide" if rendering.is_wide else "narrow"
    return f"{rendering.depth} {width} {''.join(rendering.pieces)}"


def main():
    with open(sys.argv[1], "rb") as documents, open(sys.argv[2], "w", encoding="ascii") as verdicts:
        while length := documents.read(4):
            verdicts.write(verdict(documents.read(int.from_bytes(length, "big"))) + "\n")


main()
