"use strict";
/* The map of the replay on a canvas: what stays is drawn once for each view, what moves in each picture. */

const Chart = (() => {
  const MILE = 1852;
  const BARS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500];
  const SHIP_WAKE = 2700; // s
  const FLIGHT_WAKE = 600; // s
  const NAMED = 80; // names at most in one picture
  const DARK = 0.45; // of the night over the map
  const THICK = 0.5; // of fog over the map
  const RING = 22; // px, the ring of an event when it ends
  const TURN = 0.3; // rad from the name of one circle to that of the next
  const SAID = 6; // circles at most that carry their names
  const SYMBOL = 0.9; // px for a unit of a symbol's paths, and of those passing by
  const PASSING = 0.35;
  const STILL = 0.1; // m/s; who is slower has no line to where it is going
  const LINE = 0.5; // px of that line for a m/s, and its most beyond the frame
  const LONGEST = 20;
  const NEAR = 14; // px around a unit that still mean it

  const colours = () => {
    const style = getComputedStyle(document.documentElement);
    const read = (name) => style.getPropertyValue(name).trim();
    const names = ["ink", "dim", "faint", "paper", "sea", "land", "shore", "link", "stranger", "target", "bad", "night"];
    const found = Object.fromEntries(names.map((name) => [name, read(`--${name}`)]));
    found.sides = Object.fromEntries(["friend", "neutral", "hostile", "unknown"].map((name) => [name, read(`--${name}`)]));
    found.forces = [0, 1, 2, 3, 4, 5].map((k) => read(`--force-${k}`));
    return found;
  };

  class Sheet {
    constructor(canvas, data, units) {
      this.canvas = canvas;
      this.data = data;
      this.units = units;
      this.under = document.createElement("canvas");
      this.x = 0;
      this.y = 0;
      this.scale = 0.01; // px of the page for a metre
      this.seen = []; // units of the last picture with their places in px
      this.recolour();
      this.shapes();
      this.signs = data.signs.map(([frame, icon, affiliation]) => ({ frame: new Path2D(frame), icon: new Path2D(icon), affiliation }));
    }

    recolour() {
      this.colours = colours();
      this.stale = true;
    }

    /** Land, grid and areas as paths in metres, made once. */
    shapes() {
      const { coast, lines, areas } = this.data;
      this.land = new Path2D();
      for (const ring of coast.rings) {
        let x = 0;
        let y = 0;
        for (let k = 0; k < ring.length; k += 2) {
          x += ring[k] * coast.grain;
          y += ring[k + 1] * coast.grain;
          if (k === 0) this.land.moveTo(x, y);
          else this.land.lineTo(x, y);
        }
        this.land.closePath();
      }
      this.grid = new Path2D();
      for (const [, points] of lines) Chart.trace(this.grid, points);
      this.areas = new Path2D();
      for (const [, points, radius] of areas) {
        if (radius === null) {
          Chart.trace(this.areas, points);
          this.areas.closePath();
        } else {
          this.areas.moveTo(points[0] + radius, points[1]);
          this.areas.arc(points[0], points[1], radius, 0, 2 * Math.PI);
        }
      }
    }

    resize() {
      const ratio = window.devicePixelRatio || 1;
      this.wide = this.canvas.clientWidth;
      this.high = this.canvas.clientHeight;
      this.ratio = ratio;
      for (const each of [this.canvas, this.under]) {
        each.width = Math.max(1, Math.round(this.wide * ratio));
        each.height = Math.max(1, Math.round(this.high * ratio));
      }
      this.stale = true;
    }

    fit([west, south, east, north]) {
      this.x = (west + east) / 2;
      this.y = (south + north) / 2;
      this.scale = Math.min(this.wide / (east - west), this.high / (north - south));
      this.stale = true;
    }

    zoom(factor, px = this.wide / 2, py = this.high / 2) {
      const [x, y] = this.place(px, py);
      this.scale = Math.min(2, Math.max(1e-5, this.scale * factor));
      this.x = x - (px - this.wide / 2) / this.scale;
      this.y = y + (py - this.high / 2) / this.scale;
      this.stale = true;
    }

    pan(dx, dy) {
      this.x -= dx / this.scale;
      this.y += dy / this.scale;
      this.stale = true;
    }

    centre(x, y) {
      this.x = x;
      this.y = y;
      this.stale = true;
    }

    pixel(x, y) {
      return [this.wide / 2 + (x - this.x) * this.scale, this.high / 2 - (y - this.y) * this.scale];
    }

    place(px, py) {
      return [this.x + (px - this.wide / 2) / this.scale, this.y - (py - this.high / 2) / this.scale];
    }

    inMetres(context) {
      const s = this.scale * this.ratio;
      const [px, py] = this.pixel(0, 0);
      context.setTransform(s, 0, 0, -s, px * this.ratio, py * this.ratio);
    }

    inPixels(context) {
      context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    }

    /** What stays while the view does. */
    drawUnder() {
      const context = this.under.getContext("2d");
      const hair = 1 / this.scale;
      this.inPixels(context);
      context.fillStyle = this.colours.sea;
      context.fillRect(0, 0, this.wide, this.high);
      this.inMetres(context);
      context.fillStyle = this.colours.land;
      context.strokeStyle = this.colours.shore;
      context.lineWidth = 0.7 * hair;
      context.fill(this.land, "evenodd");
      context.stroke(this.land);
      context.strokeStyle = this.colours.faint;
      context.lineWidth = 0.6 * hair;
      context.stroke(this.grid);
      context.strokeStyle = this.colours.dim;
      context.lineWidth = hair;
      context.setLineDash([5 * hair, 4 * hair]);
      context.stroke(this.areas);
      context.setLineDash([]);
      this.inPixels(context);
      context.font = "11px system-ui, sans-serif";
      context.textAlign = "center";
      for (const [name, points, radius] of this.data.areas) {
        let north = radius === null ? -Infinity : points[1] + radius;
        let middle = 0;
        for (let k = 0; k < points.length; k += 2) {
          middle += (2 * points[k]) / points.length;
          if (radius === null) north = Math.max(north, points[k + 1]);
        }
        const [px, py] = this.pixel(middle, north);
        this.write(context, name, px, Math.max(py, 0) + 13, this.colours.dim);
      }
      context.textAlign = "left";
      for (const [name, points] of this.data.lines) this.nameLine(context, name, points);
      this.stale = false;
    }

    /** The name of a meridian or parallel where it crosses the lower or left edge. */
    nameLine(context, name, points) {
      const upright = /[EW]$/.test(name);
      for (let k = 0; k + 3 < points.length; k += 2) {
        const [ax, ay] = this.pixel(points[k], points[k + 1]);
        const [bx, by] = this.pixel(points[k + 2], points[k + 3]);
        const [edge, from, to, a, b] = upright ? [this.high, ay, by, ax, bx] : [0, ax, bx, ay, by];
        if (from !== to && (from - edge) * (to - edge) <= 0) {
          const across = a + ((b - a) * (edge - from)) / (to - from);
          if (upright) this.write(context, name, across + 3, this.high - 5, this.colours.dim);
          else this.write(context, name, 4, across - 3, this.colours.dim);
          return;
        }
      }
    }

    write(context, words, x, y, colour) {
      context.lineWidth = 3;
      context.lineJoin = "round";
      context.strokeStyle = this.colours.paper;
      context.globalAlpha = 0.75;
      context.strokeText(words, x, y);
      context.globalAlpha = 1;
      context.fillStyle = colour;
      context.fillText(words, x, y);
    }

    /** One picture. scene: time, what is chosen and shown, darkness and fog from 0 to 1, events just told. */
    draw(scene) {
      if (this.stale) this.drawUnder();
      const context = this.canvas.getContext("2d");
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.drawImage(this.under, 0, 0);
      this.inPixels(context);
      this.veil(context, "#050a1e", DARK * scene.dark);
      this.veil(context, "#c9cfd6", THICK * scene.fog);
      this.look(scene);
      if (scene.trails) this.wakes(context, scene);
      this.circles(context, scene);
      this.held(context, scene);
      this.marks(context, scene);
      this.rings(context, scene);
      if (scene.names) this.labels(context, scene);
      this.bar(context);
    }

    veil(context, colour, alpha) {
      if (alpha <= 0) return;
      context.globalAlpha = alpha;
      context.fillStyle = colour;
      context.fillRect(0, 0, this.wide, this.high);
      context.globalAlpha = 1;
    }

    /** Who is where, for this picture and for the next click. */
    look(scene) {
      this.seen = [];
      for (const unit of this.units) {
        if (unit.group === "passing" && !scene.strangers && unit !== scene.chosen) continue;
        const here = Motion.at(unit, scene.time);
        if (here === null) continue;
        const [px, py] = this.pixel(here.x, here.y);
        if (px < -40 || py < -40 || px > this.wide + 40 || py > this.high + 40) continue;
        this.seen.push({ unit, px, py, ...here });
      }
    }

    colour(unit) {
      if (unit.group === "passing") return this.colours.stranger;
      if (unit.group === "target") return this.colours.target;
      return this.colours.forces[unit.force % 6] || this.colours.ink;
    }

    wakes(context, scene) {
      context.lineJoin = "round";
      for (const { unit } of this.seen) {
        if (unit.group === "passing" && unit !== scene.chosen) continue;
        const flies = unit.group === "helicopter" || unit.group === "aircraft";
        const points = Motion.wake(unit, scene.time, flies ? FLIGHT_WAKE : SHIP_WAKE);
        context.beginPath();
        for (let k = 0; k < points.length; k += 2) {
          const [px, py] = this.pixel(points[k], points[k + 1]);
          if (k === 0) context.moveTo(px, py);
          else context.lineTo(px, py);
        }
        context.strokeStyle = this.colour(unit);
        context.globalAlpha = 0.55;
        context.lineWidth = unit === scene.chosen ? 2 : 1;
        context.stroke();
      }
      context.globalAlpha = 1;
    }

    circles(context, scene) {
      scene.circles.forEach(({ x, y, radius, unit, sensor }, k) => {
        const [px, py] = this.pixel(x, y);
        context.beginPath();
        context.arc(px, py, radius * this.scale, 0, 2 * Math.PI);
        context.strokeStyle = this.colour(unit);
        context.lineWidth = 1.2;
        context.stroke();
        if (scene.circles.length <= SAID) {
          const angle = Math.PI / 4 - TURN * k; // so that names of circles nearly alike do not meet
          const words = `${sensor} ${(radius / MILE).toFixed(1)} nmi`;
          context.font = "11px system-ui, sans-serif";
          this.write(context, words, px + radius * this.scale * Math.cos(angle) + 3, py + radius * this.scale * Math.sin(angle) + 3, this.colour(unit));
        }
      });
    }

    /** Lines from the chosen unit to those it holds. */
    held(context, scene) {
      if (!scene.chosen) return;
      const own = Motion.at(scene.chosen, scene.time);
      if (own === null) return;
      const [px, py] = this.pixel(own.x, own.y);
      context.strokeStyle = this.colour(scene.chosen);
      context.lineWidth = 0.7;
      context.setLineDash([2, 4]);
      context.beginPath();
      for (const each of scene.held) {
        const there = Motion.at(each, scene.time);
        if (there === null) continue;
        context.moveTo(px, py);
        context.lineTo(...this.pixel(there.x, there.y));
      }
      context.stroke();
      context.setLineDash([]);
    }

    marks(context, scene) {
      for (const { unit, px, py, vx, vy } of this.seen) {
        const colour = this.colour(unit);
        context.save();
        context.translate(px, py);
        if (unit === scene.chosen) {
          context.beginPath();
          context.arc(0, 0, 14, 0, 2 * Math.PI);
          context.strokeStyle = this.colours.ink;
          context.lineWidth = 2;
          context.stroke();
        }
        this.symbol(context, unit, colour, vx, vy);
        context.restore();
      }
    }

    /** A unit's symbol about the origin, upright, with a line to where it is going, the longer the faster. */
    symbol(context, unit, colour, vx, vy) {
      const { frame, icon, affiliation } = this.signs[unit.sign];
      const size = unit.group === "passing" ? PASSING : SYMBOL;
      const speed = Math.hypot(vx, vy);
      context.strokeStyle = colour;
      context.lineWidth = 1.4;
      if (speed > STILL) {
        const long = 10 * size + Math.min(LONGEST, speed * LINE);
        context.beginPath();
        context.moveTo(0, 0);
        context.lineTo((vx / speed) * long, (-vy / speed) * long);
        context.stroke();
      }
      context.scale(size, size);
      context.lineWidth = 1.5 / size;
      context.fillStyle = this.colours.sides[affiliation];
      context.fill(frame);
      context.stroke(frame);
      context.fillStyle = colour;
      context.fill(icon);
    }

    rings(context, scene) {
      context.lineWidth = 2;
      context.strokeStyle = this.colours.target;
      for (const { x, y, age } of scene.rings) {
        const [px, py] = this.pixel(x, y);
        context.globalAlpha = 1 - age;
        context.beginPath();
        context.arc(px, py, 6 + (RING - 6) * age, 0, 2 * Math.PI);
        context.stroke();
      }
      context.globalAlpha = 1;
    }

    /** Names of ships first, then of others that are near enough to be told apart; none over another. */
    labels(context, scene) {
      const rank = { warship: 1, auxiliary: 2, target: 3, helicopter: 4, aircraft: 5, passing: 9 };
      const wanted = this.seen.filter(({ unit }) => unit === scene.chosen || unit.group !== "passing");
      wanted.sort((a, b) => (a.unit === scene.chosen ? -1 : b.unit === scene.chosen ? 1 : rank[a.unit.group] - rank[b.unit.group]));
      const taken = [];
      context.font = "12px system-ui, sans-serif";
      for (const { unit, px, py } of wanted) {
        if (taken.length >= NAMED) break;
        const wide = context.measureText(unit.name).width;
        const spot = [[px + 13, py + 4], [px - 13 - wide, py + 4], [px + 9, py - 10], [px + 9, py + 19]].find(
          ([x, y]) => !taken.some((box) => x < box[2] && x + wide > box[0] && y - 11 < box[3] && y > box[1]));
        if (!spot) continue;
        taken.push([spot[0], spot[1] - 11, spot[0] + wide, spot[1]]);
        this.write(context, unit.name, spot[0], spot[1], this.colour(unit));
      }
    }

    bar(context) {
      const length = BARS.findLast((each) => each * MILE * this.scale <= this.wide / 4) || BARS[0];
      const px = length * MILE * this.scale;
      const x = this.wide - px - 14;
      const y = this.high - 16;
      context.strokeStyle = this.colours.ink;
      context.lineWidth = 1.5;
      context.beginPath();
      context.moveTo(x, y - 5);
      context.lineTo(x, y);
      context.lineTo(x + px, y);
      context.lineTo(x + px, y - 5);
      context.stroke();
      context.font = "11px system-ui, sans-serif";
      context.textAlign = "center";
      this.write(context, `${length} nmi`, x + px / 2, y - 6, this.colours.ink);
      context.textAlign = "left";
    }

    /** The unit nearest to a place on the page, when it is near enough. */
    hit(px, py) {
      let best = null;
      let least = NEAR;
      for (const each of this.seen) {
        const off = Math.hypot(each.px - px, each.py - py) + (each.unit.group === "passing" ? 4 : 0);
        if (off < least) [best, least] = [each.unit, off];
      }
      return best;
    }
  }

  function trace(path, points) {
    path.moveTo(points[0], points[1]);
    for (let k = 2; k < points.length; k += 2) path.lineTo(points[k], points[k + 1]);
  }

  return { Sheet, trace };
})();
