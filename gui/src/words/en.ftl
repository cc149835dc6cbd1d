# What the window says, in English. Keys are the same as in nl.ftl; a test holds them to it.

## Places
nav-browse = Browse
nav-browse-short = Browse
nav-today = Today
nav-share = Share something
nav-share-short = Share
nav-neighbours = Neighbours
nav-car = Shared car
nav-car-short = Car
nav-balance = Balance
nav-help = Help
nav-calendar = Calendar
nav-notices = Notices
nav-devices = Devices
nav-settings = Settings
nav-more = More
nav-waiting = { $count ->
    [one] one question waits
   *[other] { $count } questions wait
}
nav-news = { $count ->
    [one] one is new
   *[other] { $count } are new
}

## Everywhere
undo = Undo
cancel = Never mind
close = Done
greeting-morning = Good morning, { $name }
greeting-afternoon = Good afternoon, { $name }
greeting-evening = Good evening, { $name }
greeting-night = Hello, { $name }
look-language = Change to { $language }
look-light = Light colours
look-dark = Dark colours
look-size = Size of text
look-smaller = Smaller text
look-larger = Larger text

## With the keyboard
keys-title = With the keyboard
keys-line = Tab goes from one thing to the next, Enter presses it, Escape puts away what opened.
keys-list = These keys

## Days and lengths of time
date-today = today
date-tomorrow = tomorrow
date-yesterday = yesterday
date-all-day = { $day }, all day
length-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
length-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
length-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
when-day = { $what }, day
when-time = { $what }, time
when-month-before = Month before
when-month-after = Month after

## First run
first-title = Welcome to Noaber
first-line = Borrow, lend and help out, with the people around you.
first-opening = Opening your circles…
first-start = Start a circle
first-start-line = For your street, your building, your friends.
first-join = I have an invite
first-join-line = By its link, or a picture of its code.
first-look = Look around in a sample street
first-look-line = Six made-up neighbours, ready in a few seconds.
first-name = Your name
first-name-hint = As your neighbours know you
first-known = Hello again, { $name }.
first-circle = Name of your circle
first-circle-hint = Your street, your building, your friends
first-link = The link of your invite
first-link-hint = Paste it here: it starts with noaber:join/
first-joining = This is the way into { $circle }.
first-code = Open a picture of its code
first-code-drop = Drop it here
first-code-line = A photo or a screenshot of the QR code. You can also drop it here, or paste it.
first-code-busy = Reading the code …
first-place = { $city } time, { $currency }
first-place-change = Change
first-place-change-name = Change the time zone and the currency
first-place-done = That is right
first-zone = Time zone
first-zone-hint = A large city near you
first-zone-none = No time zone is called so. Try a larger city, or the capital.
first-currency = Currency
currency-eur = euro
currency-gbp = pound
currency-chf = Swiss franc
currency-dkk = Danish krone
currency-nok = Norwegian krone
currency-sek = Swedish krona
currency-pln = złoty
currency-czk = Czech koruna
currency-usd = US dollar
currency-cad = Canadian dollar
first-half = You knocked at a circle’s door before; it opens as soon as a neighbour’s Noaber is reached.
first-start-button = Start this circle
first-join-button = Knock at the door
first-private = No account, no company in between. Your data lives on your devices and those of your neighbours.
first-no-name = What shall your neighbours call you? Fill in your name.
first-no-circle = Give your circle a name. Your street’s will do nicely.
device-name = { $name }’s computer
busy-keys = Making your own keys
busy-circle = Starting { $circle }
busy-knock = Finding the way
busy-door = Waiting for { $circle } to open the door
busy-door-line = One neighbour’s Noaber lets you in by itself, as soon as yours reaches it.
join-not-a-link = This is not an invite. One starts with noaber:join/ – copy it once more, whole.
code-absent = There is no QR code on this picture. Take one on which the whole code is to be seen, with its three corners.
code-blurred = This code is too blurred to read. Take the picture once more: from nearer, straight, with light on it.
code-other = This code is no invite to a circle. Ask your neighbour for the one under “Invite a neighbour”.
join-damaged = A piece of this invite is missing. Copy it once more, whole, or ask for a new one.
join-unreachable = Nobody’s Noaber can be reached right now. Ask the neighbour who invited you to open theirs, and try again.
join-used = Somebody has come in by this invite already. Each lets in one neighbour: ask for your own.
join-expired = This invite has expired. Ask for a new one: that takes a minute.
join-full = This circle has no place left: 300 neighbours is the most.
join-refused = Nobody knows this invite. Ask for a new one.
trouble-runs = Noaber already runs here
trouble-runs-line = Another Noaber has this home open and does not answer. Wait a moment and try again. If that does not help, close the other one first.
trouble-version = Two versions of Noaber
trouble-version-line = Noaber { $theirs } runs on this computer already, and this window is Noaber { $ours }. Update the older of the two, close both, and open this one again.
trouble-older-line = An older Noaber runs on this computer already, and this window cannot talk to it. Update it, start it again, and then try again here.
trouble-ended = Noaber had to stop
trouble-ended-line = It can write nothing down any more: perhaps the disk is full. What you did before is saved. Make some room, and try again.
trouble-other = Noaber cannot begin
trouble-other-line = This is what stood in the way: { $detail }
trouble-again = Try again
lost = The Noaber that runs in the background has stopped. You see how things were; this window is looking for it and goes on by itself in a moment.

## Browse
browse-line = { $count ->
    [0] Nothing is shared in { $circle } yet
    [one] One thing to share in { $circle }
   *[other] { $count } things to share in { $circle }
}
browse-search = Search
browse-search-hint = Search for a drill, a tent, …
browse-free-on = Free on…
browse-free-label = Free on
browse-free-clear = Any day
browse-none = Nothing found
browse-none-line = Try another word, another shelf or another day. Or ask for it: somebody may have one in the shed.
browse-all = Show everything
browse-empty = An empty shelf, for now
browse-empty-line = Somebody has to be first. A ladder, a drill, a folding table: what stands in your shed most of the year?
browse-card = { $title }, from { $owner }, { $free }
shelf-all = Everything
shelf-tools = Tools
shelf-garden = Garden
shelf-kitchen = Kitchen
shelf-house = House
shelf-party = Party
shelf-outdoors = Outdoors
shelf-children = Kids
shelf-media = Books & games
shelf-cars = Cars
shelf-help = Help
shelf-other = Other
free-now = Free now
free-from = Free { $at }
free-not = Not free for now
free-help = Offers help
free-wanted = Asks for help
free-gift = To give away

## A listing
listing-back = Everything
listing-gone = This has not arrived here
listing-gone-line = It may still be on its way from your neighbour, or it was taken back.
listing-photo = Photo { $count }
listing-owner-you = This is yours
listing-owner-lends = lends it to you
listing-owner-helps = offers this help
listing-owner-asks = could use your help
listing-requests = Who asked for it
listing-yours = Your bookings
listing-retired = This is no longer offered.
listing-rules = Good to know
listing-free = When is it free?
listing-history = Who had it before
own-title = It is yours
own-line = Neighbours can find it and ask for it. You hear of every request under Today.
own-retire = Stop offering it
own-retired = “{ $title }” is no longer offered
day-free = free
day-full = not free
day-closed = closed
day-part = taken { $at }
legend-free = free
legend-taken = taken
legend-press = Press a day to choose it.
car-seats = { $count ->
    [one] 1 seat
   *[other] { $count } seats
}
car-odometer = The odometer shows { $km } km
car-own-risk = Of a damage you pay { $amount } at most
help-takes = Takes about { $length }
tariff-km = { $price } a km
tariff-km-to = { $price } a km up to { $km } km
tariff-hour = { $price } an hour
tariff-fixed = { $price } each time

## Asking
ask-title = Ask to borrow it
ask-title-help = Ask for this help
ask-title-offer = Offer to help
ask-from = From
ask-to = Until
ask-quantity = How many
ask-fewer = Fewer
ask-more = More
ask-km = How far, about?
ask-km-hint = In kilometres; you may leave it open
ask-note = A word with it
ask-note-hint = What it is for, or when you come by
ask-order = The end must come after the start. Choose a later end.
ask-at-once = Free. It is yours at once, for { $length }.
ask-owner = Free, for { $length }. { $owner } answers your question.
ask-can-help = { $owner } hears from you, and says whether that time suits.
ask-button = Ask to borrow
ask-button-at-once = Book it
ask-button-help = Ask for help
ask-button-offer = Offer to help
ask-instead = It can be yours then:
ask-wait = Tell me when it becomes free
ask-sent = You asked for “{ $title }”
price-about = About { $amount }
price-km = { $price } for each km
price-and-km = { $amount }, and { $price } for each km

## What owners ask
rule-instant = Confirmed at once when it is free.
rule-asked = The owner answers each question.
rule-lead = Ask at least { $length } ahead.
rule-horizon = It can be booked { $length } ahead at most.
rule-shortest = For at least { $length }.
rule-longest = For at most { $length }.
rule-gap = { $length } stay free between two bookings.
rule-open = Fetch and return: { $times }.
rule-every-day = every day
rule-closed = Closed: { $days }.
rule-closed-skipped = Closed days in between do not count.
rule-closed-inside = No closed day may lie in between.
rule-quota = Each neighbour: { $quota }.
rule-only = { $count ->
    [0] Only the owner uses it.
    [one] Only one neighbour may borrow it.
   *[other] Only { $count } neighbours may borrow it.
}
rule-repair = It is being repaired.
rule-repair-note = It is being repaired: { $note }.
quota-week = { $amount } a week
quota-month = { $amount } a month
quota-rolling = { $amount } in any { $days } days

## Why not
reason-quantity = { $count ->
    [one] There is only one of these.
   *[other] There are only { $count } of these.
}
reason-past = That start has passed. Choose a later one.
reason-not-allowed = The owner lends this to some neighbours only. Ask them.
reason-too-soon = This wants to be asked { $length } ahead: from { $at } on.
reason-too-early = It can be booked { $length } ahead at most. Choose an earlier day.
reason-too-short = For at least { $length }: choose a later end.
reason-too-long = For at most { $length }: choose an earlier end.
reason-chain = Together with your booking next to it, this is longer than { $length }. Leave others a turn.
reason-closed-start = It cannot be fetched then ({ $at }).
reason-closed-end = It cannot be brought back then ({ $at }).
reason-closed-day = { $day } is closed, and may not lie in between.
reason-quota = Each neighbour may have it { $quota }; you have { $used } already.
reason-gap = Too close to the next booking: { $length } stay free in between.
reason-taken = Somebody else has it then.
reason-taken-mine = You have it then already.
reason-overlap = Only { $free } of { $capacity } are free then.

## Bookings
booking-unknown = Something that is still on its way
booking-pieces = { $count ->
    [one] 1 piece
   *[other] { $count } pieces
}
booking-from = from { $name }
booking-for = for { $name }
booking-note = “{ $note }”
booking-extension = Asks to keep it until { $at }
state-clash = Clash: call each other
state-asks-you = Waits for your answer
state-asked-here = Asked; still on this device
state-asked-there = Asked; { $owner }’s device has it
state-waiting = In line: you hear when it becomes free
state-offered = Held for you: do you want it?
state-confirmed = Confirmed
state-late = Should have been back { $at }
state-out = On loan until { $at }
state-returned = Back again
state-declined = { $owner } said no
state-cancelled = Called off
state-expired = Nobody answered in time
act-confirm = Confirm
act-decline = Decline
act-accept = Yes, please
act-returned = It is back
act-picked-up = Picked up
act-done = Done
act-cancel = Call it off
act-withdraw = Take it back
decline-title = Say no, kindly
decline-line = A short reason helps. Perhaps another day suits?
decline-reason = Why not
decline-hint = I need it myself this weekend; next week is fine
decline-yes = Say no
calloff-title = Call it off?
calloff-line = The other side is told at once, and the time is free for others.
calloff-reason = Why; you may leave it open
calloff-hint = It rains all day
calloff-yes = Call it off

## Today
today-line = { $weekday } { $date }
today-waiting = Waiting for you
today-nothing-waits = Nothing waits for your answer.
today-have = You have
today-lent = You lent
today-asked = You asked for
today-coming = Coming up
today-news = What happened
today-open = Show
today-read = I have seen this
today-empty = A quiet day
today-empty-line = Nobody asks you anything, and nothing is due. Whatever you borrow or lend shows up here.
today-look = See what there is
clash-title = Two promises for the same time
clash-line = { $count ->
    [one] There is only one, and it was promised more than once. What was promised first stands, unless you agree otherwise: call each other.
   *[other] There are { $count }, and more were promised. What was promised first stands, unless you agree otherwise: call each other.
}
clash-stands = Promised first: this stands
clash-falls = Promised later: find another time

## Messages
thread-title = Ask and tell
thread-empty = Ask { $owner } anything about it. All neighbours can read along.
thread-empty-mine = Nobody asked anything yet. All neighbours can read along.
thread-field = Message
thread-hint = Write something
thread-send = Send

## Sharing
share-line = What it is, a photo, done. The rest can wait.
share-thing = A thing
share-car = A car
share-help-offer = Help I offer
share-help-ask = Help I need
share-title = What is it?
share-title-thing = Ladder, 4.5 m
share-title-car = The red Fiat
share-title-offer = An hour in your garden
share-title-ask = Who can hang a lamp?
share-shelf = Where does it belong?
share-about = A few words
share-about-thing = Where it stands, what to look out for
share-about-car = Where it is parked, what it runs on
share-about-help = What it is about, and when it suits
share-photos = Photos
share-photos-add = Add photos: press, drop or paste them here
share-photos-pick = Choose photos
share-photos-busy = { $count ->
    [one] Preparing a photo
   *[other] Preparing { $count } photos
}
share-photos-line = Place and time are taken out of photos before anybody sees them.
share-photo-remove = Remove photo { $count }
share-pieces = How many are there?
share-seats = Seats
share-plate = Number plate
share-per-km = Price of a km
share-per-km-hint = 0.25
share-per-hour = Price of an hour
share-per-hour-hint = 2.50, or empty
share-hours = How long does it take, in hours?
share-hours-hint = 1.5, or empty
share-instant = Say yes by itself
share-instant-line = Whoever asks has it at once when it is free. Otherwise you are asked.
share-give = To give away
share-give-line = Whoever gets it may keep it.
share-button = Share it
share-button-ask = Ask the neighbours
share-preview = This is how neighbours see it
share-preview-title = Your thing
share-needs-title = It only needs a name.
share-no-title = What is it? Give it a name, then share it.
share-bad-price = Write a price like 0.25 – with at most three digits after the point.
share-bad-hours = Write hours in quarters, like 0.25, 1.5 or 2.
share-done = “{ $title }” is shared
photo-heavy = This photo is too large: 8 MB at most. Make it smaller, or take another.
photo-unknown = This file is no photo that Noaber can open. Choose a JPEG, PNG or WebP picture.
photo-bad = This photo cannot be used. Choose another one.
photo-many = There is room for { $count } photos. Take one away first.
photo-unread = This file cannot be read: { $detail }

## Neighbours
people-line = { $count ->
    [one] Only you in { $circle }, so far
   *[other] { $count } neighbours in { $circle }
}
people-invite = Invite a neighbour
people-you = { $name } (you)
people-since = Here since { $date }
people-steward = steward
people-signs = To compare: { $signs }
people-shares = { $count ->
    [0] Shares nothing yet
    [one] Shares one thing
   *[other] Shares { $count } things
}
people-alone = Who lives next door?
people-alone-line = A circle begins with two. Invite a neighbour: a link or a code is all it takes.
invite-title = Invite a neighbour
invite-line = Let them scan this, or send them the link. It lets in one neighbour.
invite-code = Invite as a code to scan
invite-copy = Copy the link
invite-copied = Copied
invite-until = It works until { $at }.
invite-online = Keep Noaber open until they are in.
invite-other = Make another one that works for
invite-day = a day
invite-week = a week
invite-month = a month
invite-open = { $count ->
    [one] One invite of yours is open, until { $at }.
   *[other] { $count } invites of yours are open, the last until { $at }.
}
leave-title = Move away
leave-line = You can leave the circle whenever you want. What was stays readable here.
leave-button = Leave this circle
leave-ask = Leave { $circle }?
leave-means = Your neighbours see that you left. What you offer is no longer offered. With the same device you cannot come back in; a new one can.
leave-have = { $count ->
    [one] You still have one thing of a neighbour’s. They can note that it came back.
   *[other] You still have { $count } things of neighbours. They can note that they came back.
}
leave-lent = { $count ->
    [one] One thing of yours is still with a neighbour.
   *[other] { $count } things of yours are still with neighbours.
}
leave-coming = { $count ->
    [one] One booking is still to come. The other side is told.
   *[other] { $count } bookings are still to come. The other sides are told.
}
leave-owe = You still owe { $amount }.
leave-owed = You still get { $amount }.
leave-stay = I stay
leave-yes = Leave

## How far we are with each other
sync-all = { $count ->
    [one] Up to date with your neighbour.
   *[other] Up to date with all { $count } neighbours.
}
sync-some = Up to date with { $level } of { $all } neighbours.
sync-none = Nobody is reachable right now. You can go on; it is passed on later.
sync-alone = Nobody else is in this circle yet.
sync-catching = Catching up with { $name }.
sync-not-heard = Not heard from { $device } since { $since }.
sync-never = Not heard from { $name } yet.
sync-offline = There is no network here: { $detail }. You can go on; it is passed on later.
contact-here = This device
contact-level = Up to date
contact-catching = Catching up
contact-never = Not heard from yet
contact-away = Not heard from since { $since }

## A car's week
week-number = Week { $week }
week-today = Today
week-before = Earlier
week-after = Later
week-own = It is yours; neighbours book it here
week-owner = Shared by { $owner }
week-you = You
week-calendar = { $title }, from { $from } to { $to }.
week-chosen = Chosen: { $at }.
week-can = It is free.
week-keys = With keys: arrows move the time, Shift and arrows its end, Enter asks for it.
week-drag = Drag across the calendar to pick a time.
week-choose = Choose a time
week-yours = Your booking
week-theirs = Booked
week-close = Put it away
week-not-yours = Only the two sides can change this.
week-closed = Closed
week-no-handing = No fetching or returning
week-shorter = Clocks go forward: this day has 23 hours
week-longer = Clocks go back: this day has 25 hours
week-other-free = free then too
week-other-not = not free then
week-side = Side by side
week-side-line = Press a day to book that car then.
week-none = No car here yet
week-none-line = A car stands still most of the day. Share one, and neighbours book it here.
act-extend = Keep it longer
extend-title = Until when?
extend-yes = Ask for it
extend-later = Choose a later end than now.
extend-free = It is free until then.
act-damage = Something broke
damage-title = What happened?
damage-what = What is wrong
damage-hint = A scratch on the left door
damage-yes = Tell it
week-damaged = { $name } tells: { $text }
damage-usable = It can still be used
damage-usable-line = Otherwise nobody can book it until it is repaired.
pick-up-title = Off you go
return-title = Back again
odometer = What does the odometer show?
odometer-hint = In kilometres
odometer-last = The last time it showed { $km } km.
return-remark = A remark
return-remark-hint = Where it stands, how full the tank is

## Balance
balance-line = Who owes whom, in { $circle }
balance-even = You are even
balance-even-line = You owe nothing, and nobody owes you.
balance-get = You get
balance-give = You owe
balance-everybody = Everybody
balance-gets = gets { $amount }
balance-gives = owes { $amount }
balance-zero = even
balance-pot = The pot
balance-waits = Waiting for your word
balance-written = Not agreed yet by others
balance-settle = Settle up
balance-settle-even = Everybody is even.
balance-settle-line = Few payments, and everybody is even.
balance-you-pay = You pay { $name }
balance-pays-you = { $name } pays you
balance-others-pay = { $from } pays { $to } { $amount }
balance-pay = Pay
balance-said-paid = You said it is paid; { $name } has to see it come
balance-agree = Agree
balance-wrong = That is not right
balance-come = It has come
balance-not-come = It has not come
balance-take-back = Take it back
balance-you-owe = You owe { $name } { $amount }
balance-owes-you = { $name } owes you { $amount }
balance-paid-you = { $name } paid you { $amount }
balance-you-paid = You paid { $name } { $amount }
balance-refused = { $name } says: that is not right
balance-awaits = Waits for { $name }
balance-trip = A trip: { $text }
balance-text = “{ $text }”
balance-why-title = What is not right?
balance-why-line = A few words help to put it right together.
balance-why = In your words
balance-why-hint = It was 24 km, not 42
balance-why-yes = Say so
balance-hours = Hours of help
balance-hours-got = You gave { $hours } more than you got
balance-hours-gave = You got { $hours } more than you gave
balance-hours-even = You gave as much as you got
balance-floor = That is below { $hours }, as the circle agreed. Give some help before you ask for more.
balance-plus = { $hours } to the good
balance-minus = { $hours } in the red
balance-qr = A transfer as a code to scan
balance-qr-line = Scan this with the app of your bank.
balance-pay-title = Pay { $name }
balance-copy-iban = Copy the account number
balance-copy-amount = Copy the amount
balance-copied = Copied
balance-no-account = { $name } has not told an account yet. Pay in cash, or ask.
balance-no-euro = A code to scan works for euros only.
balance-paid = I have paid this
balance-paid-text = Settling up
balance-paid-said = Noted. { $name } is asked whether it has come.
balance-bought = I paid for something
balance-bought-line = Tick who shares it: everybody is asked to agree.
balance-bought-what = What was it?
balance-bought-hint = Paint for the bench
balance-bought-amount = How much did you pay?
balance-bought-amount-hint = 12.50
balance-bought-yes = Share the cost
balance-bought-each = { $name } { $amount }
balance-bought-bad = Write an amount like 12.50.
balance-bought-none = Tick at least one neighbour.
balance-bought-no-text = Say what it was.
balance-bought-done = Shared. The others are asked to agree.
balance-account = My bank account
balance-account-line = Neighbours see it when they pay you.
balance-account-iban = Account number (IBAN)
balance-account-payee = In the name of
balance-account-save = Save
balance-account-saved = Saved. Your neighbours can pay you now.
balance-account-good = This number can be right.
iban-characters = An IBAN has only letters and digits, like NL91 ABNA 0417 1643 00.
iban-country = An IBAN begins with two letters of a country, like NL.
iban-length = An IBAN of this country has { $expected } letters and digits; this one has { $found }.
iban-typing = There is a typing mistake in it. Compare it with your bank card.
amount-hours = { $hours } h

## The help board
thanks-title = Done, with thanks
thanks-line = Say that the help was given.
thanks-words = A word of thanks; you may leave it open
thanks-hint = The lamp hangs straight. Thank you!
thanks-yes = It is done
thanks-hours = How long it took
thanks-less = A quarter of an hour less
thanks-more = A quarter of an hour more
thanks-hours-none = No hours are written down.
thanks-hours-helper = { $hours } for you. { $name } is asked to agree.
thanks-hours-helped = { $hours } for { $name }, from you.
help-line = What neighbours do for each other in { $circle }
help-offered = Offered
help-offered-line = Help that neighbours offer
help-asked = Asked
help-asked-line = Somebody who could use a hand
help-offer = Offer help
help-ask = Ask for help
help-can = I can help
help-want = Ask for this
help-look-after = Look after it
help-yours = Yours
help-weekly = every week
help-since = up since { $since }
help-messages = { $count ->
    [one] 1 message
   *[other] { $count } messages
}
help-open-offer = You can ask for it
help-open-mine = Neighbours can ask for it
help-open-ask = Nobody yet
help-answers = { $count ->
    [one] 1 neighbour can help
   *[other] { $count } neighbours can help
}
help-requests = { $count ->
    [one] 1 neighbour asks for it
   *[other] { $count } neighbours ask for it
}
help-promised = { $name } helps: { $when }
help-promised-you = You help: { $when }
help-promised-to = For { $name }: { $when }
help-promised-to-you = For you: { $when }
help-done = Done, with thanks to { $name }
help-agreed = Agreed
help-hours-more = See the balance
help-no-offers = Nobody offers anything just now
help-no-offers-line = An hour in the garden, a lift to the doctor: would you offer an hour?
help-no-asks = Nobody asks for anything just now
help-no-asks-line = Could you use a hand? Neighbours like to be asked.
help-search-hint = Search for a garden, a lamp, …
help-none = Nothing found. Try another word.

## My month
month-line = What you have, lent out, promised and asked for
month-day = { $count ->
    [0] { $day }, nothing
    [one] { $day }, one thing
   *[other] { $day }, { $count } things
}
month-keys = Arrows move the day, page keys the month, Enter opens the day.
month-more = + { $count } more
month-nothing = Nothing on this day.
month-all-day = All day
month-from = From { $at }
month-until = Until { $at }
month-bring-back = Bring it back: { $at }
month-comes-back = { $name } brings it back: { $at }
month-late = Should have been back: { $at }
month-week = The week of this car
month-legend-mine = You have it
month-legend-lent = Yours, for a neighbour
month-legend-asked = Asked, not promised yet
month-legend-mind = Asks for your attention
month-file = In your own calendar
month-file-line = A file with all your bookings, for the calendar on your computer or phone. It is a copy: save it again when something has changed.
month-file-save = Save as a calendar file
month-file-name = noaber.ics
month-file-saved = Saved as { $file }

## Notices
news-question = { $borrower } asks for “{ $title }”: { $when }.
news-question-offer = { $borrower } asks for your help, “{ $title }”: { $when }.
news-question-ask = { $borrower } can help you, “{ $title }”: { $when }.
news-extension-asked = { $borrower } would like to keep “{ $title }” until { $at }.
news-confirmed = “{ $title }” is yours: { $when }. { $owner } confirmed it.
news-confirmed-offer = { $owner } helps you, “{ $title }”: { $when }.
news-confirmed-ask = { $owner } is glad of your help, “{ $title }”: { $when }.
news-declined = { $owner } cannot lend you “{ $title }”: { $when }.
news-declined-offer = { $owner } cannot help you, “{ $title }”: { $when }.
news-declined-ask = { $owner } does not need you, “{ $title }”: { $when }.
news-expired = Nobody answered in time about “{ $title }”: { $when }.
news-cancelled = { $name } called off “{ $title }”: { $when }.
news-extended = You may keep “{ $title }” longer, until { $at }.
news-not-extended = “{ $title }” cannot stay with you longer: bring it back { $at }.
news-held = “{ $title }” is free now, and held for you. Say yes before { $at }.
news-starts = You can fetch “{ $title }”: { $at }.
news-starts-help = Soon, with { $name }, “{ $title }”: { $at }.
news-due = “{ $title }” goes back to { $owner }: { $at }.
news-overdue = { $borrower } still has “{ $title }”. It should have been back { $at }.
news-overdue-mine = You still have “{ $title }”. { $owner } expected it back { $at }.
news-still-out = “{ $title }” is still out, and you are next.
news-repair = “{ $title }” is being repaired when you wanted it.
news-damaged = Something is broken: “{ $title }”.
news-clash = “{ $title }” is promised twice for the same time: { $when }. Call each other.
news-you-did-not-fetch = You did not fetch “{ $title }”; { $owner } was told.
news-not-fetched = { $borrower } never fetched “{ $title }”.
news-owner-left = { $owner } has left the circle. Ask around about “{ $title }”.
news-borrower-left = { $borrower } has left the circle and has “{ $title }”. Get it back.
news-borrower-left-before = { $borrower } has left the circle. Call off what was promised: “{ $title }”.
news-message = { $name } about “{ $title }”: { $text }
news-gift = { $owner } wants to give you “{ $title }”.
news-payment = { $said }. Has it come?
news-line = { $said }. Is that right?
news-line-for = { $said }, for “{ $text }”. Is that right?
news-because = { $said } “{ $text }”
notices-line = { $count ->
    [0] Nothing new
    [one] One new
   *[other] { $count } new
}
notices-all = All
notices-new = New
notices-questions = Questions
notices-messages = Messages
notices-read = I have seen this
notices-read-all = I have seen all of this
notices-is-new = New
notices-more = Show older ones
notices-none = Nothing of this kind.
notices-empty = Nothing has happened yet
notices-empty-line = When a neighbour asks, answers or writes something that concerns you, it stands here.
notices-take = Take it, gladly
notices-taken = “{ $title }” is yours now

## Devices
devices-line = Where you are at home in Noaber
devices-here = { $name } (this one)
devices-since = You are in { $circle } since { $date }
devices-keeps = { $count ->
    [0] It decides about nothing yet. What you share from here will be decided here.
    [one] It decides about one thing that you share
   *[other] It decides about { $count } things that you share
}
devices-keeps-line = Only this device can say yes for these. Keep it on, or within reach, when neighbours ask.
devices-disk = { $size } on this device’s disk
devices-backup-last = Last backup { $at }
devices-backup-never = There is no backup yet
devices-others = Your other devices
devices-one = Each neighbour has one device in Noaber for now. On a second computer you would be a second neighbour to the others.
devices-other-decides = decides about { $count ->
    [0] nothing
    [one] one thing
   *[other] { $count } things
}
devices-lost = If this device gets lost
devices-lost-line = Your neighbours keep what you shared and agreed on: the circle goes on without this device. Your keys are only here and in your backups, so keep one somewhere else.
devices-lost-not-yet = This version makes backups and looks through them. It cannot bring one back yet.
devices-to-backup = Make a backup in Settings
devices-you = To compare in person
devices-you-line = Your neighbour finds these signs below your name, under Neighbours. If they are the same there, it is really you.
devices-you-is = You are { $id }
devices-copy = Copy the whole of it

## Settings
settings-line = How Noaber looks, and how it reaches your neighbours
settings-look = How it looks
settings-language = Language
settings-colours = Colours
settings-light = Light
settings-dark = Dark
settings-auto = As on this computer
settings-size = Size of text
settings-size-is = { $percent } percent
settings-size-line = Move it, or press the arrows on your keyboard.
settings-size-example = Anna’s ladder is free on Saturday.
settings-bell = Notices
settings-bell-on = Tell me on the desktop
settings-bell-line = When a neighbour asks or answers, and when something is due. Each is told once.
bell-several = { $count } things happened in { $circle }
settings-reach = Reaching your neighbours
settings-lan = Find neighbours on this network
settings-lan-line = In the same house or on the same Wi-Fi, no internet is needed.
settings-relays = Relays
settings-relays-line = A relay helps where two homes cannot reach each other directly. It carries what it cannot read.
settings-relays-none = You use none.
settings-relay-remove = Remove { $address }
settings-relay-field = Address of a relay
settings-relay-hint = https://relay.example
settings-relay-add = Add
settings-relay-bad = This is not the address of a relay. One looks like https://relay.example – copy it once more, whole.
settings-relay-twice = You use this relay already.
settings-relay-many = Eight relays are enough. Remove one first.
settings-changing = Changing over…
settings-reach-bad = That did not work: { $detail }. It goes on as before.
settings-calendar = In your own calendar
settings-calendar-on = Show my bookings in calendar programs
settings-calendar-line = For programs on this computer. They subscribe to an address.
settings-calendar-copy = Copy the address for { $circle }
settings-calendar-copied = Copied
settings-calendar-secret = The address is a secret: whoever has it and uses this computer can read the bookings. Do not pass it on.
settings-backup = Backup
settings-backup-line = One file with everything: your keys, the circle, bookings and photos. Whoever has it can be you: keep it where only you can get at it, and not on this device alone.
settings-backup-make = Make a backup
settings-backup-check = Look through a backup
settings-backup-title = Where shall the backup go?
settings-backup-open = Which backup?
settings-backup-file = Noaber { $date }
settings-backup-busy = Saving everything in one file…
settings-backup-part = Saving everything in one file: { $percent } percent.
settings-backup-checking = Reading all of it…
settings-backup-done = Saved { $size } in { $file }.
settings-backup-good = All is well: { $count ->
    [one] one entry and every photo is as it was written.
   *[other] { $count } entries and all photos are as they were written.
}
settings-backup-broken = This backup is damaged: { $detail }. Make a new one.
settings-backup-failed = There is no backup: { $detail }.
settings-backup-last = The last one was made { $at }.
settings-circle = Your circle
settings-circle-members = { $count ->
    [one] Only you
   *[other] { $count } neighbours
}
settings-circle-zone = Time zone { $zone }
settings-circle-currency = Money in { $currency }
settings-circle-people = Who is in, and leaving
settings-circle-paid = How you are paid
settings-about = About Noaber
settings-about-version = Version { $version }
settings-about-line = Made for neighbours. No account, no company in between.
settings-about-licence = Free software, under MIT or Apache 2.0.
settings-about-fonts = Letters: Nunito, under the SIL Open Font License 1.1. Icons: Phosphor, under the MIT license.
settings-technical = Technical
settings-technical-line = For whoever wants to look under the bonnet

## Settings, technical
tech-refresh = Look again
tech-device = Device
tech-member = Member
tech-addresses = Addresses
tech-addresses-none = none
tech-copy = Copy: { $what }
tech-copied = Copied
tech-circle = Circle { $name }
tech-id = Id
tech-entries = Entries
tech-frontier = Frontier
tech-newer = { $count } entries from a newer Noaber
tech-peers = Peers
tech-peers-none = No other devices in this circle.
tech-direct = connected directly
tech-relay = connected by a relay
tech-away = not connected
tech-seen = last seen { $at }
tech-never = never seen
tech-behind = { $behind } behind, { $ahead } ahead
tech-unknown = has not told its frontier
tech-traffic = Traffic since the start
tech-in = In: { $frames } frames, { $size }
tech-out = Out: { $frames } frames, { $size }
tech-photos = Photos: { $size }
tech-offline = No network: { $detail }
tech-data = Where the data lives
tech-open = Open the folder
tech-open-failed = The folder could not be opened. Its path is copied.
tech-log = Log
tech-log-all = All
tech-log-trouble = Warnings
tech-log-copy = Copy all
tech-log-none = Nothing was told yet.
size-bytes = { $count } bytes
size-kb = { $size } kB
size-mb = { $size } MB
size-gb = { $size } GB

## Changing a listing
own-line-retired = Your neighbours do not see it any more.
own-change = Change it
own-again = Offer it again
own-give = Give it to somebody
give-title = Give away “{ $title }”
give-line = Whoever gets it owns it from then on, with its photos and its story. It is theirs when they take it.
give-choose = Choose a neighbour
give-yes = Give it to { $name }
give-done = { $name } is asked to take “{ $title }”.
edit-back = Back without changing
edit-title = Change “{ $title }”
edit-button = Keep the changes
edit-done = “{ $title }” is changed
share-odometer = What the odometer shows
share-odometer-hint = 48210
share-own-risk = Own risk of a driver
share-own-risk-hint = 150, or empty
share-bad-km = Write what the odometer shows in whole kilometres, like 48210.
share-bad-risk = Write the own risk as an amount, like 150 or 150.00.
rules-show = Rules: how long, when, for whom
rules-title = What you ask of borrowers
rules-none = As it comes
rules-longest = For how long at most
rules-lead = Asked how long beforehand, at least
rules-horizon = How far ahead, at most
rules-gap = Rest between two borrowers
rules-quota = How often for each neighbour
rules-open = When it can be fetched and brought back
rules-open-from = Opens at
rules-open-to = Closes at
rules-open-add = Only at certain times
rules-open-more = Other times too
rules-open-remove = Take these times away
rules-only = Only for some neighbours
rules-only-line = Others see it, and are told that it is not for everybody.
rules-repair = It is broken, or away
rules-repair-line = Nobody can have it until you say that it is back. Whoever booked it is told.
rules-repair-note = What is the matter
rules-repair-hint = A new belt is on its way
rules-bad = These rules contradict each other. Look at the lengths and times again.

## The sample street
sample-title = The sample street
sample-moving = Six neighbours move in
sample-sharing = They bring what they share
sample-living = Two weeks go by
sample-arriving = They open the door for you
sample-line = It takes a few seconds. All of it happens on this computer.
sample-failed = The street could not be built: { $detail }. Try again, or begin with a circle of your own.
sample-back = Back
sample-banner = A sample street. Nothing here is real, and it is thrown away when you leave.
sample-banner-short = A sample street: nothing here is real.
sample-leave = Leave the sample street

## Closing the window
closing-title = You are in the middle of something
closing-kept = What you wrote is not sent yet. It is kept, and here when you come back.
closing-lost = What you wrote is not sent yet, and will be gone.
closing-stay = Keep writing
closing-close = Close all the same
closing-close-kept = Close; keep my draft

## What went wrong
fail-keeper = Only { $name } can answer this: it is kept there.
fail-member = You are in this circle already.
fail-over = That is over already: somebody was faster, or the time has passed.
fail-other = That did not work: { $detail }.
fail-store = It could not be saved: { $detail }. Make room on the disk, and try again.
fail-stopped = Noaber is just closing. Open it again, and try once more.
