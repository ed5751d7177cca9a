"""Make ``src/sectorscan/reports/html/vega.js``: the chart library that the page carries.

Run ``python tools/make_chart_library.py`` after a new release of vl-convert-python, and look at the
page again. The library is kept in the repository, so that pages don't change with what happens to
be installed, and writing one doesn't need vl-convert.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import vl_convert

from sectorscan.reports.charts.render import VEGA_LITE

TARGET = Path(__file__).resolve().parents[1] / "src/sectorscan/reports/html/vega.js"

HEAD = """
/*
Chart library, unchanged as vl-convert-python {vl_convert} bundles it:
Vega {vega}, Vega-Lite {vega_lite}, Vega-Embed {vega_embed} and what they build on.

Vega, Vega-Lite, Vega-Embed, Vega-Tooltip, Vega-Themes, Vega-Interpreter:
Copyright (c) 2015-2025 University of Washington Interactive Data Lab and contributors.
{bsd}
D3 (d3-array, d3-color, d3-delaunay, d3-dispatch, d3-dsv, d3-force, d3-format, d3-geo,
d3-geo-projection, d3-hierarchy, d3-interpolate, d3-path, d3-scale, d3-scale-chromatic, d3-shape,
d3-time, d3-time-format, d3-timer), internmap, topojson-client:
Copyright 2010-2025 Mike Bostock and contributors (also: Ricky Reusser, delaunator and robust-
predicates by Vladimir Agafonkin, d3-scale-chromatic's ColorBrewer schemes by Cynthia Brewer, Mark
Harrower and The Pennsylvania State University, Apache License 2.0).
{isc}
fast-json-patch: Copyright (c) 2013, 2014, 2020 Joachim Wester.
json-stringify-pretty-compact: Copyright (c) 2014, 2016-2025 Simon Lydell.
fast-deep-equal, fast-json-stable-stringify: Copyright (c) 2017 Evgeny Poberezkin, James Halliday.
lodash.debounce: Copyright JS Foundation and other contributors. semver: Copyright (c) Isaac Z.
Schlueter and contributors (ISC, as above).
{mit}*/
"""

BSD = """
Redistribution and use in source and binary forms, with or without modification, are permitted
provided that the following conditions are met:
1. Redistributions of source code must retain the above copyright notice, this list of conditions
   and the following disclaimer.
2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions
   and the following disclaimer in the documentation and/or other materials provided with the
   distribution.
3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse
   or promote products derived from this software without specific prior written permission.
THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR
IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND
FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR
CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE,
DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER
IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF
THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
"""

ISC = """
Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee
is hereby granted, provided that the above copyright notice and this permission notice appear in all
copies. THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS
SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE
AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES
WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE
OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS
SOFTWARE.
"""

MIT = """
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions: The above copyright notice and this
permission notice shall be included in all copies or substantial portions of the Software. THE
SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT
LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT.
IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def text() -> str:
    """Return the library with its licences, its globals kept inside a function.

    Raises
    ------
    ValueError
        Where it couldn't stand in a page as it is.
    """
    bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", VEGA_LITE)
    if "</script" in bundle.lower() or "<!--" in bundle:
        message = "the library holds a mark that would end the script that it stands in"
        raise ValueError(message)
    head = HEAD.format(
        vl_convert=version("vl-convert-python"),
        vega=vl_convert.get_vega_version(),
        vega_lite=VEGA_LITE,
        vega_embed=vl_convert.get_vega_embed_version(),
        bsd=BSD,
        isc=ISC,
        mit=MIT,
    )
    return f"{head}(function () {{\n{bundle.rstrip()}\n}})();\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8", newline="\n")
    print(f"wrote {TARGET.name}: {TARGET.stat().st_size:,} bytes")
