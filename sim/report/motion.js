"use strict";
/* Where everything is at a time, in closed form: straight and at one speed between two turns. Knows no page and no canvas. */

const Motion = (() => {
  const TENTHS = 10;

  /** The number of values in a sorted list that are not above a value. */
  function upTo(values, value) {
    let low = 0;
    let high = values.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle] <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** A way from its differences: times in s, places in m. */
  function way(flat) {
    const count = flat.length / 3;
    const found = { t: new Float64Array(count), x: new Float64Array(count), y: new Float64Array(count) };
    let t = 0;
    let x = 0;
    let y = 0;
    for (let k = 0; k < count; k += 1) {
      t += flat[3 * k];
      x += flat[3 * k + 1];
      y += flat[3 * k + 2];
      found.t[k] = t / TENTHS;
      found.x[k] = x;
      found.y[k] = y;
    }
    return found;
  }

  /** A unit of the replay with its ways in the order of time: one for each flight, visit or life. */
  function unit([name, group, force, platform, ways, sign], number) {
    const pieces = ways.map(way);
    return { number, name, group, force, platform, sign, pieces, begins: pieces.map((piece) => piece.t[0]), found: 0 };
  }

  /** The way a unit is on at a time, with the number of the last turn; null while it is nowhere. */
  function leg(unit, time) {
    const at = upTo(unit.begins, time) - 1;
    if (at < 0) return null;
    const piece = unit.pieces[at];
    if (time > piece.t[piece.t.length - 1]) return null;
    let k = unit.found; // usually the same as in the picture before, or the next
    if (unit.piece !== piece || !(piece.t[k] <= time && (k + 1 >= piece.t.length || time < piece.t[k + 1]))) {
      k = upTo(piece.t, time) - 1;
      unit.piece = piece;
      unit.found = k;
    }
    return { piece, k };
  }

  /** Where a unit is, m, and its velocity, m/s; null while it is nowhere. */
  function at(unit, time) {
    const on = leg(unit, time);
    if (on === null) return null;
    const { piece, k } = on;
    if (k + 1 >= piece.t.length) return { x: piece.x[k], y: piece.y[k], vx: 0, vy: 0 };
    const lasting = piece.t[k + 1] - piece.t[k];
    const vx = (piece.x[k + 1] - piece.x[k]) / lasting;
    const vy = (piece.y[k + 1] - piece.y[k]) / lasting;
    const since = time - piece.t[k];
    return { x: piece.x[k] + vx * since, y: piece.y[k] + vy * since, vx, vy };
  }

  /** The last part of a unit's present way, as x, y, x, y, ... from the oldest to where it is. */
  function wake(unit, time, lasting) {
    const on = leg(unit, time);
    if (on === null) return [];
    const { piece, k } = on;
    const first = Math.max(time - lasting, piece.t[0]);
    const here = at(unit, time);
    const found = [];
    const from = upTo(piece.t, first) - 1;
    const old = at({ ...unit, found: from, piece }, first);
    found.push(old.x, old.y);
    for (let turn = from + 1; turn <= k; turn += 1) found.push(piece.x[turn], piece.y[turn]);
    found.push(here.x, here.y);
    return found;
  }

  /** Between two neighbours of an evenly spaced list. */
  function between(values, step, time) {
    const last = values.length - 1;
    const place = Math.min(last, Math.max(0, time / step));
    const k = Math.min(last - 1, Math.floor(place));
    return last < 1 ? values[0] : values[k] + (values[k + 1] - values[k]) * (place - k);
  }

  /** Latitude and longitude of a place, deg, from a grid between whose crossings both are nearly linear. */
  function earth(grid, x, y) {
    const [west, south, east, north] = grid.frame;
    const n = grid.cells;
    const u = Math.min(n - 1e-9, Math.max(0, ((x - west) / (east - west)) * n));
    const v = Math.min(n - 1e-9, Math.max(0, ((y - south) / (north - south)) * n));
    const i = Math.floor(u);
    const j = Math.floor(v);
    const blend = (values) => {
      const k = j * (n + 1) + i;
      const low = values[k] + (values[k + 1] - values[k]) * (u - i);
      const high = values[k + n + 1] + (values[k + n + 2] - values[k + n + 1]) * (u - i);
      return (low + (high - low) * (v - j)) / 1e4;
    };
    return [blend(grid.latitude), ((blend(grid.longitude) + 540) % 360) - 180];
  }

  return { upTo, way, unit, at, wake, between, earth };
})();

if (typeof module !== "undefined") module.exports = Motion; // for tests without a page
