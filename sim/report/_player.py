"""The replay's frame: a canvas with its controls; the scripts of this package bring it to life."""

from __future__ import annotations

from sim.report._html import Markup, fill, join

SPEEDS = ((1, "real time"), (10, "10 times"), (60, "1 min a second"), (300, "5 min a second"), (900, "15 min a second"),
          (3600, "1 h a second"), (10800, "3 h a second"))  # fmt: skip
USUAL = 300


def player(legend: Markup) -> Markup:
    """Controls that work by mouse, finger and keys, each with its name."""
    speeds = join(fill('<option value="{factor}"{chosen}>{word}</option>', factor=factor, word=word,
                       chosen=Markup(" selected" if factor == USUAL else "")) for factor, word in SPEEDS)  # fmt: skip
    return fill(_FRAME, speeds=speeds, legend=legend)


_FRAME = """\
<noscript><p>The replay needs JavaScript; everything else on this page does not.</p></noscript>
<div class="replay" id="player" role="group" aria-label="Replay of the exercise" tabindex="0">
<div class="stage"><p class="moment"><output id="moment" aria-label="Time and sky" aria-live="off"></output> <span id="sky"></span></p>
<canvas id="canvas" role="img" aria-label="Map of the exercise at the time shown"></canvas>
<div class="views"><button type="button" id="closer" aria-label="Closer">+</button><button type="button" id="farther" aria-label="Farther">−</button><button type="button" id="near">Exercise</button><button type="button" id="far">Region</button></div>
</div>
<div class="bar"><canvas id="serial-bar" role="img" aria-label="Serials on the clock of the exercise"></canvas>
<input type="range" id="time" min="0" max="1" step="1" value="0" aria-label="Time of the exercise"></div>
<div class="controls">
<button type="button" id="play">Play</button>
<button type="button" id="before" aria-label="Event before">◀ event</button>
<button type="button" id="after" aria-label="Next event">event ▶</button>
<label>Speed <select id="speed">{speeds}</select></label>
<label>Serial <select id="serial"><option value="">go to …</option></select></label>
<label>Unit <select id="unit"><option value="">none</option></select></label>
<label>Circles <select id="circles"><option value="">none</option><option value="one">of the unit</option><option value="all">of all ships</option></select></label>
<label>Sensor <select id="sensor"></select></label>
<label><input type="checkbox" id="trails" checked> Wakes</label>
<label><input type="checkbox" id="names" checked> Names</label>
<label><input type="checkbox" id="strangers" checked> Ships passing by</label>
<label><input type="checkbox" id="follow"> Follow</label>
</div>
{legend}<div class="beside"><section aria-labelledby="captions-title"><h3 id="captions-title">What happens</h3><ol id="captions" class="events" role="log" aria-labelledby="captions-title" aria-live="off"></ol></section>
<section aria-labelledby="state-title"><h3 id="state-title">Unit</h3><div id="state" aria-live="polite"><p>Click a unit on the map, or choose one.</p></div></section></div>
<details class="keys"><summary>Keys</summary><p><kbd>Space</kbd> play and pause, <kbd>←</kbd> <kbd>→</kbd> a minute, with <kbd>Shift</kbd> ten, <kbd>Home</kbd> <kbd>End</kbd> begin and end, <kbd>P</kbd> <kbd>N</kbd> event before and next, <kbd>↑</kbd> <kbd>↓</kbd> faster and slower, <kbd>+</kbd> <kbd>−</kbd> closer and farther, <kbd>W</kbd> <kbd>A</kbd> <kbd>S</kbd> <kbd>D</kbd> move the map, <kbd>0</kbd> the exercise, <kbd>Esc</kbd> no unit.</p></details>
</div>
"""
