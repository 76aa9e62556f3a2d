"""Guides that the pages' tests walk: one with every kind of field and exit, one that it calls, one with every lock."""

KITCHEN = """\
guide: kitchen
title: A new kitchen
summary: Everything a page can show.
tags: [tests]
stages: {ask: Ask, close: Close}
fields:
  client_name: {type: text, label: Client's name, given: true}
  urgent: {type: boolean, label: Urgent, given: true, required: false}
  rooms: {type: integer, label: Rooms, min: 1, max: 20, help: Count the hall too., unit: rooms}
  width: {type: number, label: Width, unit: m, required: false}
  budget: {type: money, currency: EUR, label: Budget, min: 1}
  ready: {type: date, label: Ready by, min: today}
  pets: {type: boolean, label: Pets in the house}
  colour:
    type: choice
    label: Colour
    options: [{id: red, label: Red}, {id: blue, label: Blue}]
  country:
    type: choice
    label: Country
    required: false
    options:
      - {id: at, label: Austria}
      - {id: be, label: Belgium}
      - {id: ch, label: Switzerland}
      - {id: de, label: Germany}
      - {id: fr, label: France}
      - {id: it, label: Italy}
      - {id: nl, label: Netherlands}
  extras:
    type: choices
    label: Extras
    required: false
    options: [{id: light, label: Lights}, {id: oven, label: Oven}]
  story: {type: long_text, label: Their story, required: false}
outcomes:
  ordered: {label: Kitchen ordered, kind: success}
  not-now: {label: Not now, kind: partial}
steps:
  hello:
    stage: ask
    title: Say hello
    say: |
      Good morning, {{ client_name }}. See **our** [page](https://example.com/k).
    points: [Let them *talk*]
    never: [Hurry up]
    note: Look at the plan first.
    checks:
      - {id: plan-seen, label: Plan looked at, source: archive, required: true}
    question: What do they want?
    options:
      - {id: kitchen, label: A kitchen, hint: With all its parts, to: facts}
      - {id: nothing, label: Nothing, to: no-kitchen}
      - {id: sorry, label: An apology, to: our-fault}
  facts:
    stage: ask
    title: Note the facts
    ask: [rooms, width, budget, ready, pets, colour, country, extras, story]
    next: sum-up
  sum-up:
    stage: close
    title: Sum it up
    say: |
      So it is {{ rooms }} rooms for {{ budget | money }}.
    question: Is that right?
    options:
      - {id: right, label: That is right, to: done}
      - {id: wrong, label: Something is wrong, to: facts}
  our-fault:
    call:
      guide: sorry
      with: {name: client_name}
      otherwise: sum-up-nothing
  sum-up-nothing:
    title: After the apology
    say: Now to the kitchen.
    next: no-kitchen
  no-kitchen:
    say: Another time, then.
    documents: [offer]
    outcome: not-now
  done:
    stage: close
    title: Thank them
    say: Thank you.
    outcome: ordered
documents:
  offer:
    kind: email
    title: Our offer
    to: "{{ client_name }}"
    subject: Your kitchen
    body: Dear **{{ client_name }}**, another time gladly.
"""

SORRY = """\
guide: sorry
title: An apology
fields:
  name: {type: text, label: Name, given: true}
outcomes:
  said: {label: Said sorry, kind: success}
steps:
  say-it:
    title: Say it
    say: We are sorry, {{ name }}.
    next: said
  said:
    title: Close it
    say: Thank you for telling us.
    outcome: said
"""

DISCOUNT = """\
guide: discount
title: A discount
summary: What is locked, left open, skipped, or said at any time.
fields:
  client_name: {type: text, label: Client's name, given: true}
  interest: {type: integer, label: Interest, given: true, min: 1}
  story: {type: text, label: Their story}
  email: {type: email, label: E-mail}
outcomes:
  settled: {label: Settled, kind: success}
  lost: {label: The line is gone, kind: abandoned}
anytime:
  - {id: hung-up, label: Client hangs up, outcome: lost}
  - id: complains
    label: Complains about us
    hint: and comes back here
    call: {guide: sorry, with: {name: client_name}}
  - id: lawyer
    label: Names a lawyer
    allow: interest > 99
    because: Below 100 we settle it ourselves
    override: reason
    to: close
  - id: boss
    label: Wants the boss
    allow: interest > 500
    because: The boss takes calls above 500
    override: approval
    to: close
steps:
  talk:
    title: Talk about the interest
    say: The interest is {{ interest }} euros.
    checks:
      - {id: seen, label: Payments looked at, source: accounting, required: true}
      - {id: known, label: Client known, required: true, override: never}
      - {id: agreed, label: Agreed with sales, required: true, override: approval}
    ask: [story]
    question: What do they ask for?
    options:
      - {id: pays, label: Nothing, hint: They pay, to: reach}
      - id: waive
        label: To waive the interest
        allow: interest <= 50
        because: Above 50, not {{ interest }}
        override: reason
        to: reach
      - id: halve
        label: To halve it
        allow: interest <= 60
        because: A manager decides
        override: approval
        to: reach
      - {id: gift, label: A gift, allow: interest > 900, because: There are none this year, to: reach}
  reach:
    title: Ask how to reach them
    ask: [email]
    skippable: true
    next: close
  close:
    title: Close it
    say: Thank you, {{ client_name }}.
    question: Anything else?
    options:
      - {id: no, label: Nothing else, to: settled}
  settled:
    title: Thank them
    outcome: settled
"""

FACTS = {
    "field.rooms": "3",
    "field.budget": "1,250",
    "field.ready": "9 March 2026",
    "field.pets": "false",
    "field.colour": "red",
}
"""What answers the step that asks for the facts."""
