"""Make the synthetic sample region again: the same bytes on every machine, from one seed.

    python tools/make_samples.py            # writes data/samples and data/samples_qcew

The QCEW slices are written from an invented economy (``sample_region``) by a withholding rule
(``sample_withholding``); the analyst tables are made from the slices by the project's own reader.
They lie in folders of their own because either is a whole input: ``rank`` takes one of the two.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from sample_qcew import write_slices
from sample_region import YEARS, make_region
from sample_tables import write_tables
from sample_withholding import withheld_cells

DATA = Path(__file__).resolve().parents[1] / "data"


def make_samples(data: Path) -> None:
    """Write ``samples_qcew/*.csv`` and ``samples/*.csv`` under a folder."""
    truth = make_region()
    withheld = withheld_cells(truth)
    slices = data / "samples_qcew"
    write_slices(truth, withheld, slices)
    write_tables(truth, withheld, slices, data / "samples")


def main() -> None:
    """Write the sample and say where."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--data", type=Path, default=DATA, help="folder to write into")
    data = options.parse_args().data
    make_samples(data)
    print(f"wrote the synthetic sample, {YEARS[0]}-{YEARS[-1]}, to {data}")


if __name__ == "__main__":
    main()
