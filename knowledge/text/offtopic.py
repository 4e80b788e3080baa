"""Messages that no shop's pages answer, written by us: what a new index learns silence from."""

from __future__ import annotations

from typing import Final

_CHAT: Final = """
hi there
hey, anyone here
good morning team
ok
okay thanks
yes
no
maybe later
lol
wait a second
hmm let me think
great, thank you so much
you are funny
are you a robot
who made you
what is your name
my name is Karen
this is Peter speaking
asdf
qwerty test test
12345
0477 12 34 56
call me
ring me tomorrow
can you hear me
please hurry
you already said that
that is not what I asked
never mind
I don't understand
what do you mean
tell me a joke
sing a song
how old are you
do you like music
i am bored
bye for now
see you
one moment please
what else
anything more
is that all
sorry wrong chat
I will think about it
send it
done
why
and then
how
not this one
the other one
it doesn't work
i have a problem
i have a question
help
need help urgently
can you help me
i want more information
please explain
"""

_WORLD: Final = """
what's the weather like in Rome
who won the football match yesterday
how do I boil an egg
recipe for pancakes
what is the capital of Peru
how tall is the Eiffel tower
convert 20 miles to kilometres
what time is it in Tokyo
play some jazz
set an alarm for seven
book me a flight to Madrid
do I need a visa for Turkey
find me a hotel near the station
is it safe to travel to Egypt
rent a car for the weekend
call a taxi
order a pizza with mushrooms
which restaurant has the best sushi
how many calories are in a banana
what does serendipity mean
translate good morning to Spanish
what is the meaning of life
who is the president of France
how do I open a savings account
what is my current account balance
transfer 200 to my sister
block my lost bank card
what is the interest rate on a mortgage
why was my loan application refused
how do I top up my prepaid phone
my internet connection is slow
how do I install python
fix my laptop screen
how do I update my phone's software
what is the exchange rate of the yen
should I buy bitcoin
what is the stock price of that car maker
how do I file my taxes
when does the library close
which bus goes to the airport
is the museum open on Monday
what films are on tonight
give me a good book to read
how do I train my puppy
why is my cat sneezing
when should I plant tomatoes
how do I get rid of a headache
what is a healthy blood pressure
make an appointment with the dentist
is there school tomorrow
how do I write a cover letter
what are the rules of chess
how can I join a fantasy league
why were my game points not counted
who do I pick as captain of my team
how do I withdraw my winnings
change my username in the game
how do I reset my router
cancel my gym class
what is on the lunch menu
is there a vegetarian option tonight
can I reserve a table for six
how do I apply for a passport
where can I vote
how long is the flight to New York
what seat am I in
did my luggage arrive on the plane
what is my credit limit
why was I charged an overdraft fee
how do I change my pin at the cash machine
report fraud on my account
how much rent can I afford
which insurance covers water damage
how do I renew my driving licence
change the oil in my car
tyre pressure for a small car
schedule a haircut
what is the square root of 169
tell me about the roman empire
how far away is the moon
remind me to buy milk
add bread to my shopping list
turn off the lights
turn the volume down
what did I do last Tuesday
what's in the news today
who wrote Hamlet
how do you spell necessary
is it going to rain tomorrow
which vaccine do I need
"""

_OTHER_SHOPS: Final = """
do you sell aquariums
have you got any trumpet strings
i am looking for a used piano
do you have fresh salmon today
how much is a kilo of apples
which printer ink fits my printer
is this phone unlocked
does the washing machine have a steam programme
what resolution does the television have
how many gigabytes does this tablet have
can the drone fly in wind
is this wine dry or sweet
are these biscuits free of gluten
do you deliver flowers on Sunday
which lipstick suits fair skin
is the shampoo good for curly hair
can I get my glasses repaired
will this lamp bulb fit a bayonet socket
do you make wedding cakes
is there a discount for nurses on concert tickets
do you buy old gold
what is the salary of your drivers
who is your chief executive's wife
how many people work in your warehouse at night
can I invest in your company
what margin do your resellers make
what is the name of the courier's dog
do you sponsor football teams
can I film a video in your office
may I see your security certificates
what software does your website run on
can you write my homework
do you exchange foreign coins
can I pay with cows
can I bring my horse
do you have a swimming pool
is there a playground
do you offer cooking classes
do you sell second-hand cars
how do I become a pilot
can you fix my roof
do you clean carpets at home
do you sell lottery tickets
can you print my photos
do you have vacancies for dentists
"""

OFF_TOPIC: Final = tuple(line for part in (_CHAT, _WORLD, _OTHER_SHOPS) for line in part.strip().splitlines())
