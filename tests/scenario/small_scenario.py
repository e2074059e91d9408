"""A small scenario in which every part of the format occurs, for tests that break or change it."""

BASE = """\
navdrill: 1
exercise: Base
facts: sea_of_japan_2023.yaml
begins: 2023-07-20 06:00 +08:00
ends: 2023-07-20 18:00 +08:00
datum: 40-00N 134-00E
environment: {season: sea-of-japan-july}
forces:
  blue:
    name: Blue force
    flagship: Alpha
    at: 40-05N 133-50E
    units:
      - {platform: udaloy, names: [Alpha, Bravo]}
      - {platform: sea-tug, names: [Tug]}
      - {platform: ka-27, names: [Kilo], embarked: [Alpha]}
  red:
    name: Red force
    flagship: Golf
    at: 40-05N 134-00E
    units:
      - {platform: type-052d, names: [Golf]}
      - {platform: su-30sm, count: 2, base: field}
bases:
  field: {at: 42-00N 131-00E}
command:
  officer_conducting: Golf
  order_delay: {national: 40 s, across: 3 min}
  misunderstood: {national: 1 %, across: 8 %}
  learning: {per_joint_serial: 92 %, floor: 40 %}
  defect_grace: 30 min
areas:
  range: {centre: 40-10N 133-40E, radius: 8 nmi, exclusive: true, uses: [live-fire]}
  deep: {corners: [40-20N 134-00E, 40-20N 134-20E, 40-00N 134-20E], uses: [asw]}
resources: {tugs: 1}
traffic:
  merchant: {platform: merchant-ship, density: 1 per 1000 nmi2, heed: 85 %, answer: 6 min, ground: deep}
platforms:
  patrol-boat: {like: steregushchiy, max_speed: 24 kn}
serials:
  - serial: G1
    title: First shoot
    drill: surface-gunnery
    comex: 20 Jul 08:00
    duration: 2 h
    area: range
    roles:
      firing: [Alpha, Golf]
      towing: Tug
    range: {fact: joint-shoot-range}
  - serial: G2
    title: Second shoot
    drill: air-gunnery
    comex: 20 Jul 11:00
    duration: 1 h
    area: range
    roles:
      firing: {any: warship, least: 2}
    requires: [G1]
  - serial: G3
    title: Signals
    drill: communications
    comex: 20 Jul 13:00
    duration: {low: 45 min, mode: 1 h, high: 2 h}
    roles: {ships: [Alpha, Bravo]}
    after: G2
    limits: {sea_state: 5, visibility: }
"""
