"use strict";
/* The replay: a clock over the map, the captions, the bar of serials and the state of one unit. */

(() => {
  const byId = (name) => document.getElementById(name);
  const holder = byId("replay-data");
  if (!holder) return;
  const data = JSON.parse(holder.textContent);
  const units = data.units.map(Motion.unit);
  const map = new Chart.Sheet(byId("canvas"), data, units);
  const scale = byId("time");
  const bar = byId("serial-bar");

  const CAPTIONS = 8; // told at once
  const RING = 1.5; // s of the reader's own time that the ring of an event lasts
  const STEP = 60; // s of a step by keys
  const LANES = 3; // of the bar of serials
  const MILE = 1852;
  const KNOT = 1852 / 3600;
  const FOG = 1000; // m; below it a METAR says fog
  const MIST = 5000; // m
  const DAWN = -6; // deg, the sun's height when civil twilight begins
  const RISE = -0.83; // deg, when it rises

  const eventTimes = Float64Array.from(data.events, (each) => each[0]);
  const weatherTimes = data.weather.map((each) => each[0]);
  const parts = gathered(data.parts, 0);
  const down = gathered(data.down, 0);
  const silent = gathered(data.silent, 0);
  const fuel = new Map(data.fuel.map((each) => [each[0], each]));
  const contacts = new Map(data.contacts ? data.contacts.of : []);

  const state = { time: 0, playing: false, chosen: null, told: -1, drawn: true, rate: 300 };

  function gathered(rows, at) {
    const found = new Map();
    for (const row of rows) {
      if (!found.has(row[at])) found.set(row[at], []);
      found.get(row[at]).push(row);
    }
    return found;
  }

  // ------------------------------------------------------------------ words

  const two = (number) => String(number).padStart(2, "0");

  function clock(time, seconds = false) {
    const date = new Date((data.begins + data.zone + time) * 1000);
    const month = "JanFebMarAprMayJunJulAugSepOctNovDec".substr(3 * date.getUTCMonth(), 3);
    const day = `${two(date.getUTCDate())} ${month} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
    return seconds ? `${day}:${two(date.getUTCSeconds())}` : day;
  }

  function angle(degrees, width, signs) {
    const tenths = Math.round(Math.abs(degrees) * 600);
    const minutes = ((tenths % 600) / 10).toFixed(1).padStart(4, "0");
    return `${String(Math.floor(tenths / 600)).padStart(width, "0")}-${minutes}${signs[degrees < 0 ? 1 : 0]}`;
  }

  function position(x, y) {
    const [latitude, longitude] = Motion.earth(data.grid, x, y);
    return `${angle(latitude, 2, "NS")} ${angle(longitude, 3, "EW")}`;
  }

  function weather(time) {
    const found = data.weather[Motion.upTo(weatherTimes, time) - 1];
    return found ? { sea: found[1], sight: found[2], wind: found[3] } : null;
  }

  function darkness(time) {
    const height = Motion.between(data.sun.altitude, data.sun.step, time);
    return Math.min(1, Math.max(0, (RISE - height) / (RISE - DAWN)));
  }

  function sky(time) {
    const now = weather(time);
    const dark = darkness(time);
    const light = dark === 0 ? "day" : dark === 1 ? "night" : "twilight";
    if (!now) return light;
    const air = now.sight < FOG ? "fog, " : now.sight < MIST ? "mist, " : "";
    return `${light}, ${air}visibility ${(now.sight / MILE).toFixed(1)} nmi, sea ${now.sea}, wind ${Math.round(now.wind)} m/s`;
  }

  // ------------------------------------------------------------------ what is known of a unit

  const during = (rows, time, from) => (rows || []).filter((row) => row[from] <= time && time < row[from + 1]);

  /** Who a unit holds at a time, with the sensors: [[unit, [sensor, ...]], ...]. */
  function held(unit, time) {
    const rows = contacts.get(unit.number) || [];
    const found = new Map();
    for (let k = 0; k < rows.length; k += 4) {
      if (rows[k + 2] <= time && time < rows[k + 3]) {
        if (!found.has(rows[k])) found.set(rows[k], []);
        found.get(rows[k]).push(data.contacts.sensors[rows[k + 1]]);
      }
    }
    return [...found].map(([number, sensors]) => [units[number], sensors]);
  }

  /** [[sensor, against whom, range in m], ...] of a unit's platform in the weather of a time. */
  function reach(unit, time) {
    const rows = unit.platform < 0 ? [] : data.reach.of[unit.platform];
    const spell = Math.max(0, Motion.upTo(data.reach.since, time) - 1);
    return rows.map(([sensor, target, ranges]) => [sensor, target, ranges[Math.min(spell, ranges.length - 1)]]);
  }

  function bunkers(unit, time) {
    const rows = fuel.get(unit.number);
    if (!rows) return null;
    let last = null;
    for (let k = 2; k < rows.length && rows[k] <= time; k += 2) last = [rows[k], rows[k + 1]];
    return last && `${last[1].toFixed(0)} of ${rows[1]} t (at ${clock(last[0])})`;
  }

  function facts(unit, time) {
    const here = Motion.at(unit, time);
    const found = [];
    if (unit.platform >= 0) found.push(["Class", data.platforms[unit.platform][0]]);
    if (unit.force >= 0) found.push(["Force", data.forces[unit.force]]);
    if (unit.group === "passing") found.push(["Kind", "ship passing by"]);
    if (unit.group === "target") found.push(["Kind", "target; shown until the last record that tells of it"]);
    if (here === null) {
      const flies = unit.group === "helicopter" || unit.group === "aircraft";
      found.push(["Where", flies ? "not in the air" : "not there"]);
    } else {
      const course = ((Math.atan2(here.vx, here.vy) * 180) / Math.PI + 360) % 360;
      const speed = Math.hypot(here.vx, here.vy) / KNOT;
      found.push(["Position", position(here.x, here.y)]);
      found.push(["Course and speed", speed < 0.05 ? "stopped" : `${String(Math.round(course) % 360).padStart(3, "0")}° ${speed.toFixed(1)} kn`]);
    }
    for (const [, serial, role] of during(parts.get(unit.number), time, 3)) {
      found.push([`Serial ${data.serials[serial][0]}`, `${role}, ${data.serials[serial][1]}`]);
    }
    const tonnes = bunkers(unit, time);
    if (tonnes) found.push(["Fuel", tonnes]);
    const broken = during(down.get(unit.number), time, 2).map((row) => row[1]);
    if (broken.length) found.push(["Out of order", broken.join(", ")]);
    if (during(silent.get(unit.number), time, 1).length) found.push(["Emission control", "silent"]);
    if (here !== null) {
      for (const [sensor, target, range] of reach(unit, time)) {
        found.push([sensor.replace("-", " "), `${(range / MILE).toFixed(1)} nmi against ${target}`]);
      }
      if (data.contacts && contacts.has(unit.number)) {
        const holds = held(unit, time);
        const named = holds.slice(0, 8).map(([each, sensors]) => `${each.name} (${sensors.join(", ")})`);
        const more = holds.length > 8 ? ` and ${holds.length - 8} more` : "";
        found.push([`Holds ${holds.length}`, holds.length ? named.join(", ") + more : "nobody"]);
      }
      if (!data.contacts) found.push(["Holds", "not told: there are too many contacts in this exercise"]);
    }
    return found;
  }

  // ------------------------------------------------------------------ what is shown beside the map

  function made(tag, words, parent) {
    const element = document.createElement(tag);
    element.textContent = words;
    if (parent) parent.append(element);
    return element;
  }

  function showState() {
    const box = byId("state");
    if (!state.chosen) {
      if (box.dataset.of !== "") {
        box.replaceChildren(made("p", "Click a unit on the map, or choose one."));
        box.dataset.of = "";
      }
      return;
    }
    const list = document.createElement("dl");
    for (const [term, said] of facts(state.chosen, state.time)) {
      const pair = document.createElement("div");
      made("dt", term, pair);
      made("dd", said, pair);
      list.append(pair);
    }
    const text = state.chosen.name + list.textContent;
    if (box.dataset.of === text) return;
    box.setAttribute("aria-live", state.playing ? "off" : "polite");
    box.replaceChildren(made("h4", state.chosen.name), list);
    box.dataset.of = text;
  }

  function showCaptions() {
    const count = Motion.upTo(eventTimes, state.time);
    if (count === state.told) return;
    state.told = count;
    const list = byId("captions");
    list.setAttribute("aria-live", state.playing ? "off" : "polite");
    list.replaceChildren();
    for (let k = count - 1; k >= Math.max(0, count - CAPTIONS); k -= 1) {
      const [time, serial, , , , kind, words] = data.events[k];
      const item = document.createElement("li");
      item.dataset.kind = kind;
      made("time", clock(time, true), item);
      item.append(`${serial < 0 ? "" : `Serial ${data.serials[serial][0]}: `}${words}`);
      list.append(item);
    }
  }

  /** The lane of each span, none over another while there are lanes left. */
  function lanes(spans) {
    const free = [];
    return spans.map(([start, end]) => {
      let at = free.findIndex((until) => until <= start);
      if (at < 0) at = free.length < LANES ? free.length : free.indexOf(Math.min(...free));
      free[at] = end;
      return at;
    });
  }

  /** Serials on the clock of the exercise, in lanes, with the night behind them. */
  function drawBar() {
    const ratio = window.devicePixelRatio || 1;
    const wide = bar.clientWidth;
    const high = bar.clientHeight;
    if (bar.width !== Math.round(wide * ratio)) [bar.width, bar.height] = [Math.round(wide * ratio), Math.round(high * ratio)];
    const context = bar.getContext("2d");
    const x = (time) => (wide * time) / data.length;
    const { colours } = map;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, wide, high);
    for (let px = 0; px < wide; px += 2) {
      context.globalAlpha = darkness((px / wide) * data.length);
      context.fillStyle = colours.night;
      context.fillRect(px, 0, 2, high);
    }
    for (let k = 0; k < data.weather.length; k += 1) {
      if (data.weather[k][2] >= FOG) continue;
      const end = k + 1 < data.weather.length ? data.weather[k + 1][0] : data.length;
      context.globalAlpha = 0.6;
      context.fillStyle = colours.faint;
      context.fillRect(x(data.weather[k][0]), 0, x(end) - x(data.weather[k][0]), high);
    }
    context.globalAlpha = 1;
    context.font = "11px system-ui, sans-serif";
    context.textBaseline = "middle";
    const rows = lanes(data.serials.map(([number, , planned, actual]) => {
      const [start, end] = actual || planned[planned.length - 1];
      return [x(start), Math.max(x(end), x(start) + context.measureText(number).width + 6)];
    }));
    const lane = high / (1 + Math.max(0, ...rows));
    data.serials.forEach(([number, , planned, actual, result, holds], k) => {
      const [start, end] = actual || planned[planned.length - 1];
      const top = rows[k] * lane + 2;
      const now = start <= state.time && state.time < end;
      context.fillStyle = now ? colours.link : result === "completed" ? colours.dim : colours.bad;
      context.globalAlpha = actual ? 1 : 0.4;
      context.fillRect(x(start), top, Math.max(2, x(end) - x(start)), lane - 4);
      context.globalAlpha = 1;
      context.fillStyle = colours.paper;
      for (const [from, to] of holds) context.fillRect(x(from), top + lane * 0.7, Math.max(1, x(to) - x(from)), lane / 6);
      context.lineWidth = 3;
      context.strokeStyle = colours.paper;
      context.strokeText(number, x(start) + 2, top + lane * 0.4);
      context.fillStyle = colours.ink;
      context.fillText(number, x(start) + 2, top + lane * 0.4);
    });
    context.fillStyle = colours.bad;
    context.fillRect(x(state.time) - 1, 0, 2, high);
  }

  // ------------------------------------------------------------------ one picture

  function circles() {
    const which = byId("circles").value;
    const sensor = byId("sensor").value;
    const of = which === "all" ? units.filter((each) => each.group === "warship" || each.group === "auxiliary")
      : which === "one" && state.chosen ? [state.chosen] : [];
    const found = [];
    for (const unit of of) {
      const here = Motion.at(unit, state.time);
      if (here === null) continue;
      for (const [name, , radius] of reach(unit, state.time)) {
        if (radius > 0 && (sensor === "" || sensor === name)) found.push({ x: here.x, y: here.y, radius, unit, sensor: name });
      }
    }
    return found;
  }

  function rings() {
    const lasting = RING * state.rate;
    const found = [];
    for (let k = Motion.upTo(eventTimes, state.time) - 1; k >= 0 && state.time - eventTimes[k] < lasting && found.length < 40; k -= 1) {
      const [time, , , x, y] = data.events[k];
      if (x !== null) found.push({ x, y, age: (state.time - time) / lasting });
    }
    return found;
  }

  function draw() {
    state.drawn = true;
    const now = weather(state.time);
    const fog = !now || now.sight >= MIST ? 0 : now.sight < FOG ? 1 : 0.4;
    if (byId("follow").checked && state.chosen) {
      const here = Motion.at(state.chosen, state.time);
      if (here) map.centre(here.x, here.y);
    }
    map.draw({
      time: state.time, chosen: state.chosen, trails: byId("trails").checked, names: byId("names").checked,
      strangers: byId("strangers").checked, dark: darkness(state.time), fog, circles: circles(), rings: rings(),
      held: state.chosen ? held(state.chosen, state.time).map(([unit]) => unit) : [],
    });
    drawBar();
    byId("moment").textContent = clock(state.time);
    byId("sky").textContent = sky(state.time);
    scale.value = String(state.time);
    scale.setAttribute("aria-valuetext", clock(state.time));
    showCaptions();
    showState();
  }

  function ask() {
    if (!state.drawn) return;
    state.drawn = false;
    requestAnimationFrame(draw);
  }

  // ------------------------------------------------------------------ the clock

  let before = 0;

  function tick(moment) {
    if (!state.playing) return;
    seek(state.time + (Math.min(250, moment - before) / 1000) * state.rate);
    before = moment;
    if (state.time >= data.length) play(false);
    else requestAnimationFrame(tick);
  }

  function play(on) {
    if (on === state.playing) return;
    if (on && state.time >= data.length) seek(0);
    state.playing = on;
    byId("play").textContent = on ? "Pause" : "Play";
    if (on) requestAnimationFrame((moment) => { before = moment; tick(moment); });
    ask();
  }

  function seek(time) {
    state.time = Math.min(data.length, Math.max(0, time));
    ask();
  }

  function toEvent(later) {
    play(false);
    const k = later ? Motion.upTo(eventTimes, state.time) : Motion.upTo(eventTimes, state.time - 0.05) - 1;
    if (k >= 0 && k < eventTimes.length) seek(eventTimes[k]);
  }

  function choose(unit) {
    state.chosen = unit;
    byId("unit").value = unit && unit.group !== "passing" ? String(unit.number) : "";
    ask();
  }

  function faster(by) {
    const speed = byId("speed");
    speed.selectedIndex = Math.min(speed.options.length - 1, Math.max(0, speed.selectedIndex + by));
    state.rate = Number(speed.value);
  }

  // ------------------------------------------------------------------ controls

  function option(parent, value, words) {
    made("option", words, parent).value = value;
  }

  function fillChoices() {
    data.serials.forEach(([number, title], k) => option(byId("serial"), k, `${number} ${title}`));
    const groups = [...data.forces.map((name, k) => [name, (unit) => unit.force === k]), ["Targets", (unit) => unit.group === "target"]];
    for (const [name, of] of groups) {
      const mine = units.filter(of);
      if (!mine.length) continue;
      const group = document.createElement("optgroup");
      group.label = name;
      for (const unit of mine) option(group, unit.number, unit.name);
      byId("unit").append(group);
    }
    option(byId("sensor"), "", "all");
    const sensors = [...new Set(data.reach.of.flat().map(([name]) => name))];
    for (const name of sensors) option(byId("sensor"), name, name.replace("-", " "));
    if (data.untold.length) made("p", `Left out, as there are so many: ${data.untold.join(", ")}.`, byId("captions").parentElement);
    scale.max = String(Math.ceil(data.length));
    scale.step = String(STEP);
  }

  const KEYS = {
    " ": () => play(!state.playing),
    ArrowLeft: (event) => seek(state.time - STEP * (event.shiftKey ? 10 : 1)),
    ArrowRight: (event) => seek(state.time + STEP * (event.shiftKey ? 10 : 1)),
    ArrowUp: () => faster(1),
    ArrowDown: () => faster(-1),
    Home: () => seek(0),
    End: () => seek(data.length),
    p: () => toEvent(false),
    n: () => toEvent(true),
    "+": () => map.zoom(1.5),
    "=": () => map.zoom(1.5),
    "-": () => map.zoom(1 / 1.5),
    w: () => map.pan(0, 60),
    s: () => map.pan(0, -60),
    a: () => map.pan(60, 0),
    d: () => map.pan(-60, 0),
    0: () => map.fit(data.views[0]),
    Escape: () => choose(null),
  };

  function onKey(event) {
    const name = event.target.tagName;
    if (event.ctrlKey || event.altKey || event.metaKey || name === "SELECT") return;
    if (event.key === " " && (name === "BUTTON" || name === "INPUT" || name === "SUMMARY")) return;
    const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    act(event);
    ask();
  }

  function pointers() {
    const canvas = map.canvas;
    const fingers = new Map();
    let moved = 0;
    const spread = () => {
      const [one, other] = [...fingers.values()];
      return Math.hypot(one.x - other.x, one.y - other.y);
    };
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      fingers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
      moved = 0;
    });
    canvas.addEventListener("pointermove", (event) => {
      const last = fingers.get(event.pointerId);
      if (!last) return;
      const [dx, dy] = [event.offsetX - last.x, event.offsetY - last.y];
      moved += Math.hypot(dx, dy);
      const wide = fingers.size === 2 ? spread() : 0;
      fingers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
      if (fingers.size === 2 && wide > 0) map.zoom(spread() / wide);
      else map.pan(dx, dy);
      ask();
    });
    const up = (event) => {
      if (fingers.size === 1 && moved < 5 && event.type === "pointerup") choose(map.hit(event.offsetX, event.offsetY));
      fingers.delete(event.pointerId);
    };
    canvas.addEventListener("pointerup", up);
    canvas.addEventListener("pointercancel", up);
    canvas.addEventListener("wheel", (event) => {
      if (!byId("player").contains(document.activeElement)) return; // else the page scrolls, as one expects
      event.preventDefault();
      map.zoom(Math.exp(-event.deltaY / 400), event.offsetX, event.offsetY);
      ask();
    }, { passive: false });
  }

  function listen() {
    const on = (name, what, act) => byId(name).addEventListener(what, (event) => { act(event); ask(); });
    on("play", "click", () => play(!state.playing));
    on("before", "click", () => toEvent(false));
    on("after", "click", () => toEvent(true));
    on("closer", "click", () => map.zoom(1.5));
    on("farther", "click", () => map.zoom(1 / 1.5));
    on("near", "click", () => map.fit(data.views[0]));
    on("far", "click", () => map.fit(data.views[1]));
    on("time", "input", () => seek(Number(scale.value)));
    on("speed", "change", () => faster(0));
    on("unit", "change", (event) => choose(event.target.value === "" ? null : units[Number(event.target.value)]));
    on("serial", "change", (event) => {
      if (event.target.value === "") return;
      const [, , planned, actual] = data.serials[Number(event.target.value)];
      seek((actual || planned[0])[0]);
    });
    for (const name of ["circles", "sensor", "trails", "names", "strangers", "follow"]) on(name, "change", () => {});
    bar.addEventListener("pointerdown", (event) => seek((event.offsetX / bar.clientWidth) * data.length));
    byId("player").addEventListener("keydown", onKey);
    pointers();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { map.recolour(); ask(); });
    let fitted = false;
    new ResizeObserver(() => {
      map.resize();
      if (!fitted && map.wide > 0) {
        map.fit(data.views[0]);
        fitted = true;
      }
      ask();
    }).observe(map.canvas);
  }

  /** On paper every serial is open. */
  function paper() {
    let closed = [];
    addEventListener("beforeprint", () => {
      closed = [...document.querySelectorAll("details.serial:not([open])")];
      for (const each of closed) each.open = true;
    });
    addEventListener("afterprint", () => { for (const each of closed) each.open = false; });
    const reveal = () => {
      const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (target instanceof HTMLDetailsElement) target.open = true;
    };
    addEventListener("hashchange", reveal);
    reveal();
  }

  fillChoices();
  listen();
  paper();
  window.replay = { data, units, map, state, seek, play, choose, at: (name, time) => Motion.at(units.find((each) => each.name === name), time) };
})();
