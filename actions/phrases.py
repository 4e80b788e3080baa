"""The assistant's own sentences: plain, short, several of each so that it never sounds like a wall.

What a page says is never reworded here. No exclamation marks, no "I understand how you feel". A sentence speaks only of
what has surely happened: the first message may be an angry one, and the tenth may be the first question.
"""

from __future__ import annotations

# The emergency number of Europe and India, and of every mobile network.
EMERGENCY = "112"

PHRASES: dict[str, tuple[str, ...]] = {
    "found": (
        "From our page “{title}”:",
        "This is what “{title}” says:",
        "Our page “{title}” covers this:",
        "I found this on “{title}”:",
    ),
    "likely": (
        "This looks like it, from “{title}”:",
        "I think this is it, from our page “{title}”:",
        "This looks nearest to what you ask, from “{title}”:",
    ),
    "next": (
        "Then perhaps this, from “{title}”:",
        "The next nearest is on “{title}”:",
    ),
    "nothing_left": (
        "That is all I found on it. Say it in other words and I will look again.",
        "Nothing else of ours comes near. Tell me in a few words what you need to know.",
    ),
    "that_was_it": ("Good. I am here if something else comes up.", "Good. Anything else, just ask."),
    "second": ("To your other question. {words}", "And the second thing you asked. {words}"),
    "facts": ("This is what our product pages say:", "From our product pages:"),
    "facts_some": ("The first {shown} of {all} on our pages:", "{shown} of the {all} that our pages have:"),
    "chosen": (
        "From “{title}”:",
        "Here is that part of “{title}”:",
    ),
    "which": (
        "More than one part of our pages may fit. Which is closest?",
        "I want to get this right. Is it one of these?",
        "Our pages say something on each of these. Which one do you mean?",
    ),
    "unknown": (
        "Our pages do not say, or I did not find it. If you put it another way I will look again.",
        "Our pages do not seem to say that. Naming the product, or the step you are at, may help me find it.",
        "I could not find that on our pages. Other words may help, or a person.",
    ),
    "order": (
        "I cannot see orders myself. A person can look yours up{order}.",
        "Your own order is something only a colleague can look up{order}.",
        "That needs a look at your order{order}, and I cannot see orders. A person can.",
    ),
    "offer": (
        "Shall I fetch a person?",
        "Would you rather have a person look at it?",
        "I can fetch a colleague for this. Shall I?",
    ),
    "offer_upset": (
        "I am sorry. Shall I fetch a person?",
        "I am sorry about this. Would you like a person to look at it?",
    ),
    "fetch_asked": (
        "Of course. I am passing you to a person; they will see everything written here.",
        "I am fetching a person. They get this whole chat, so you need not repeat anything.",
    ),
    "fetch_people_only": (
        "A person should see this at once. I am passing you on now, with everything you wrote.",
        "I am sorry about this. I am passing you to a person, who sees all that you wrote.",
    ),
    # What people must read before anything else, by the subject. `fetch_danger`: not surely which.
    "fetch_danger": (
        "I am sorry. If anybody is hurt or in danger, call {emergency} first. "
        "I am passing you to a person, who sees what you wrote.",
    ),
    "fetch_injury": (
        "I am sorry this happened. Please stop using it. If it is serious, or getting worse, call {emergency} now. "
        "I am passing you to a person, who sees what you wrote.",
    ),
    "fetch_child": (
        "I am sorry. If a child is hurt or has swallowed something, call {emergency} now and do not wait for us. "
        "Please keep it away from children. I am passing you to a person, who sees what you wrote.",
    ),
    "fetch_hazard": (
        "I am sorry. Please stop using it and keep away from it. If there is smoke, fire or gas, leave the room and "
        "call {emergency}. I am passing you to a person, who sees what you wrote.",
    ),
    "fetch_despair": (
        "I am sorry it is this hard. If you may harm yourself, or are not safe, call {emergency} now.{helpline} "
        "I am only a program; I am passing you to a person, who sees what you wrote.",
    ),
    "fetch_threat": (
        "I am sorry. If anybody is in danger, call {emergency} first. "
        "I am passing you to a person, who sees what you wrote.",
    ),
    "fetch_vulnerable": (
        "I am sorry; this is hard. If anybody is in danger, call {emergency} first.{helpline} "
        "I am passing you to a person, who sees what you wrote.",
    ),
    "fetch_fraud": (
        "Please send no money and give nobody a code or password until a person has looked at this. "
        "I am passing you to one now, with everything you wrote.",
    ),
    "helpline": (" There is somebody to talk to at {helpline}.",),
    "fetch_upset": (
        "I am sorry. I am passing you to a person, who sees everything written here.",
        "I am sorry about this. I am fetching a person. They see this whole chat, so you need not repeat anything.",
    ),
    "fetch_failed": (
        "I am not getting you further, so I am fetching a person. They see this whole chat.",
        "I have not found you a proper answer. I am fetching a person, who sees this chat.",
    ),
    "fetch_engine_failure": ("Something on our side is not working. I am passing you to a person.",),
    "greet": (
        "Hello, I am {shop}'s assistant, a program. I answer from the shop's pages and can fetch a person. "
        "What would you like to know?",
    ),
    "greet_again": ("Hello again. What can I look up for you?", "Hello. What would you like to know?"),
    "goodbye": ("Goodbye. This chat stays here if you come back.", "Goodbye, and thanks for writing."),
    "thanks": ("You are welcome.", "Gladly. Anything else, just ask.", "Good. I am here if something else comes up."),
    "affirm": ("Good. What would you like to know?", "All right. What can I look up?"),
    "deny": ("All right. What can I look up instead?", "Fine. Tell me if there is something else."),
    "refused": (
        "None of those, then. Tell me in your own words what you need, and I will look again.",
        "All right, not those. What is it about, in a few words?",
    ),
    "stay": (
        "All right, you stay with me. What can I look up?",
        "Then we go on here. Ask away; a person stays one tap away.",
    ),
    "not_helped_yet": (
        "Then let me look. What do you need to know, in a few words?",
        "Tell me what you need, and I will look or fetch a person.",
    ),
    "not_helped": (
        "Then that was the wrong passage. Tell me what was missing and I will look again.",
        "That missed it. Which part is still open?",
    ),
    "complain": (
        "I am sorry about that. Tell me what it is about, and I will look or fetch a person.",
        "I am sorry. Tell me what went wrong, or I fetch a person.",
    ),
    "repeat": ("Once more:", "Here it is again:"),
    "nothing_to_repeat": ("There is nothing to repeat yet. What would you like to know?",),
    "introduce": (
        "I am {shop}'s assistant, a program. I answer from the shop's own pages, and I can fetch a person.",
        "A program. I look things up on {shop}'s pages; when that is not enough, people take over.",
    ),
    "small_talk": (
        "I am better at the shop's pages than at chatting. Is there something I can look up?",
        "I only know this shop. What can I look up for you?",
    ),
    "start_over": ("A fresh start. What would you like to know?",),
    "boundary": (
        "I will leave that aside. If something went wrong, tell me what it is, or I fetch a person.",
        "I can help with the shop, or fetch a person. What is it about?",
    ),
}

FETCH_LABEL = "Fetch a person"
STAY_LABEL = "Keep going here"
NONE_LABEL = "None of these"


def phrase(kind: str, number: int, **words: str) -> str:
    """One of the sentences of a kind; consecutive numbers give different ones, the same number always the same."""
    variants = PHRASES[kind]
    return variants[number % len(variants)].format(**words)
