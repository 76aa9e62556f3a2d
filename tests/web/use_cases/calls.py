"""A guide that reads and writes the client's ledger, for the tests of what is kept of clients."""

CALLS = """\
guide: calls
title: A call
fields:
  name: {type: text, label: Name, from: client.name}
  tries: {type: integer, label: Tries, fact: contacts, days: 30}
  broken: {type: integer, label: Broken, fact: promises_broken, days: 365}
  owed: {type: money, currency: EUR, label: Amount owed, given: true, required: false}
  day: {type: date, label: Day of payment}
  limit: {type: money, currency: EUR, label: Credit limit, required: false}
outcomes:
  agreed: {label: Date agreed, kind: success}
  silent: {label: Nobody there, kind: partial}
steps:
  ring:
    title: Ring them
    say: Try {{ tries }} of {{ name }}, {{ broken }} broken.
    question: Who answers?
    options:
      - id: client
        label: The client
        to: ask
        records:
          - contact: {channel: phone, result: reached}
      - id: nobody
        label: Nobody
        to: gone
        records:
          - contact: {channel: phone, result: no_answer}
  ask:
    title: Agree a day
    say: Which day?
    ask: [day, limit]
    records:
      - promise: {by: client, what: Pay the invoice, due: day, amount: owed, when: is_answered(owed)}
      - promise: {by: client, what: Ring us, due: day, when: not is_answered(owed)}
      - promise: {by: us, what: Send a receipt, due: day + days(3)}
      - remedy: {kind: credit, amount: 25, cause: It came late}
      - recognition: {what: Friendly words}
      - agreement: {id: terms, title: Our terms, values: [limit], state: agreed, review_on: day + months(6)}
    next: done
  done: {title: Thank them, say: Thank you., outcome: agreed}
  gone: {title: Try later, outcome: silent}
"""
