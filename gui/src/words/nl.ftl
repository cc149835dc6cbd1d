# Wat het venster zegt, in het Nederlands. De sleutels zijn die van en.ftl; een test let daarop.

## Plekken
nav-browse = Ontdekken
nav-browse-short = Ontdek
nav-today = Vandaag
nav-share = Iets delen
nav-share-short = Delen
nav-neighbours = Buren
nav-car = Deelauto
nav-car-short = Auto
nav-balance = Saldo
nav-help = Hulp
nav-calendar = Agenda
nav-notices = Meldingen
nav-devices = Apparaten
nav-settings = Instellingen
nav-more = Meer
nav-waiting = { $count ->
    [one] één vraag wacht
   *[other] { $count } vragen wachten
}
nav-news = { $count ->
    [one] één nieuwe
   *[other] { $count } nieuwe
}

## Overal
undo = Ongedaan maken
cancel = Laat maar
close = Klaar
greeting-morning = Goedemorgen, { $name }
greeting-afternoon = Goedemiddag, { $name }
greeting-evening = Goedenavond, { $name }
greeting-night = Hallo, { $name }
look-language = Verder in het { $language }
look-light = Lichte kleuren
look-dark = Donkere kleuren
look-size = Tekstgrootte
look-smaller = Kleinere tekst
look-larger = Grotere tekst

## Met het toetsenbord
keys-title = Met het toetsenbord
keys-line = Met Tab ga je van het een naar het ander, Enter drukt erop, Escape doet weer dicht wat openging.
keys-list = Deze toetsen

## Dagen en tijdsduur
date-today = vandaag
date-tomorrow = morgen
date-yesterday = gisteren
date-all-day = { $day }, de hele dag
length-minutes = { $count ->
    [one] 1 minuut
   *[other] { $count } minuten
}
length-hours = { $count } uur
length-days = { $count ->
    [one] 1 dag
   *[other] { $count } dagen
}
when-day = { $what }, dag
when-time = { $what }, tijd
when-month-before = Maand terug
when-month-after = Maand verder

## De eerste keer
first-title = Welkom bij Noaber
first-line = Lenen, uitlenen en helpen, met de mensen om je heen.
first-opening = Je kringen gaan open…
first-start = Een kring beginnen
first-start-line = Voor je straat, je flat, je vrienden.
first-join = Ik ben uitgenodigd
first-join-line = Met een link, of een foto van de code.
first-look = Rondkijken in een voorbeeldstraat
first-look-line = Zes verzonnen buren, binnen een paar seconden.
first-name = Je naam
first-name-hint = Zoals je buren je kennen
first-known = Dag { $name }, daar ben je weer.
first-circle = Naam van je kring
first-circle-hint = Je straat, je flat, je vrienden
first-link = De link van je uitnodiging
first-link-hint = Plak hem hier: hij begint met noaber:join/
first-joining = Hiermee kom je in { $circle }.
first-code = Een foto van de code openen
first-code-drop = Laat hem hier los
first-code-line = Een foto of schermafdruk van de QR-code. Je kunt hem ook hierheen slepen, of plakken.
first-code-busy = De code wordt gelezen …
first-place = Tijd van { $city }, { $currency }
first-place-change = Wijzigen
first-place-change-name = De tijdzone en de munt wijzigen
first-place-done = Zo klopt het
first-zone = Tijdzone
first-zone-hint = Een grote stad bij jou in de buurt (in het Engels)
first-zone-none = Er is geen tijdzone die zo heet. Probeer een grotere stad, of de hoofdstad.
first-currency = Munt
currency-eur = euro
currency-gbp = pond
currency-chf = Zwitserse frank
currency-dkk = Deense kroon
currency-nok = Noorse kroon
currency-sek = Zweedse kroon
currency-pln = zloty
currency-czk = Tsjechische kroon
currency-usd = Amerikaanse dollar
currency-cad = Canadese dollar
first-half = Je hebt al bij een kring aangeklopt; er wordt opengedaan zodra de Noaber van een buur bereikt is.
first-start-button = Deze kring beginnen
first-join-button = Aankloppen
first-private = Geen account, geen bedrijf ertussen. Je gegevens staan op jouw apparaten en die van je buren.
first-no-name = Hoe noemen je buren je? Vul je naam in.
first-no-circle = Geef je kring een naam. Die van je straat is prima.
device-name = Computer van { $name }
busy-keys = Je eigen sleutels maken
busy-circle = { $circle } beginnen
busy-knock = De weg zoeken
busy-door = Wachten tot { $circle } opendoet
busy-door-line = De Noaber van een van de buren laat je vanzelf binnen, zodra de jouwe hem bereikt.
join-not-a-link = Dit is geen uitnodiging. Die begint met noaber:join/ – kopieer hem nog eens, helemaal.
code-absent = Op deze foto staat geen QR-code. Neem er een waar de hele code op staat, met de drie hoeken.
code-blurred = Deze code is te onscherp om te lezen. Neem de foto nog eens: van dichterbij, recht en met genoeg licht.
code-other = Deze code is geen uitnodiging voor een kring. Vraag je buur om die onder ‘Een buur uitnodigen’.
join-damaged = Er ontbreekt een stuk van deze uitnodiging. Kopieer hem nog eens, helemaal, of vraag een nieuwe.
join-unreachable = Bij niemand wordt nu opengedaan. Vraag de buur die je uitnodigde om Noaber te openen, en probeer het nog eens.
join-used = Met deze uitnodiging is al iemand binnengekomen. Elke uitnodiging is voor één buur: vraag er zelf een.
join-expired = Deze uitnodiging is verlopen. Vraag een nieuwe: dat kost een minuut.
join-full = Deze kring is vol: 300 buren is het meeste.
join-refused = Niemand kent deze uitnodiging. Vraag een nieuwe.
trouble-runs = Noaber draait hier al
trouble-runs-line = Een andere Noaber heeft deze plek in gebruik en geeft geen antwoord. Wacht even en probeer het nog eens. Helpt dat niet, sluit dan eerst die andere.
trouble-version = Twee versies van Noaber
trouble-version-line = Op deze computer draait al Noaber { $theirs }, en dit venster is Noaber { $ours }. Werk de oudste van de twee bij, sluit ze allebei, en open dit venster opnieuw.
trouble-older-line = Op deze computer draait al een oudere Noaber, en dit venster kan er niet mee praten. Werk die bij, start hem opnieuw, en probeer het hier dan nog eens.
trouble-ended = Noaber moest stoppen
trouble-ended-line = Er kan niets meer worden opgeschreven: misschien is de schijf vol. Wat je eerder deed, is bewaard. Maak wat ruimte, en probeer het nog eens.
trouble-other = Noaber kan niet beginnen
trouble-other-line = Dit stond in de weg: { $detail }
trouble-again = Probeer het nog eens
lost = De Noaber die op de achtergrond draait, is gestopt. Je ziet hoe het was; dit venster zoekt hem en gaat zo vanzelf verder.

## Ontdekken
browse-line = { $count ->
    [0] Er wordt nog niets gedeeld in { $circle }
    [one] Eén ding om te delen in { $circle }
   *[other] { $count } dingen om te delen in { $circle }
}
browse-search = Zoeken
browse-search-hint = Zoek een boor, een tent, …
browse-free-on = Vrij op…
browse-free-label = Vrij op
browse-free-clear = Elke dag
browse-none = Niets gevonden
browse-none-line = Probeer een ander woord, een andere plank of een andere dag. Of vraag erom: misschien staat er een in iemands schuur.
browse-all = Alles laten zien
browse-empty = Nog een lege plank
browse-empty-line = Iemand moet de eerste zijn. Een ladder, een boor, een klaptafel: wat staat het grootste deel van het jaar in jouw schuur?
browse-card = { $title }, van { $owner }, { $free }
shelf-all = Alles
shelf-tools = Gereedschap
shelf-garden = Tuin
shelf-kitchen = Keuken
shelf-house = Huis
shelf-party = Feest
shelf-outdoors = Buiten
shelf-children = Kinderen
shelf-media = Boeken & spellen
shelf-cars = Auto’s
shelf-help = Hulp
shelf-other = Overig
free-now = Nu vrij
free-from = Vrij { $at }
free-not = Voorlopig niet vrij
free-help = Biedt hulp
free-wanted = Vraagt hulp
free-gift = Weg te geven

## Een ding
listing-back = Alles
listing-gone = Dit is hier nog niet aangekomen
listing-gone-line = Misschien is het nog onderweg van je buur, of het is teruggenomen.
listing-photo = Foto { $count }
listing-owner-you = Dit is van jou
listing-owner-lends = leent het aan je uit
listing-owner-helps = biedt deze hulp aan
listing-owner-asks = kan je hulp gebruiken
listing-requests = Wie het vroeg
listing-yours = Jouw afspraken
listing-retired = Dit wordt niet meer aangeboden.
listing-rules = Goed om te weten
listing-free = Wanneer is het vrij?
listing-history = Wie had het eerder
own-title = Dit is van jou
own-line = Buren kunnen het vinden en erom vragen. Elke vraag zie je bij Vandaag.
own-retire = Niet meer aanbieden
own-retired = ‘{ $title }’ wordt niet meer aangeboden
day-free = vrij
day-full = niet vrij
day-closed = gesloten
day-part = bezet { $at }
legend-free = vrij
legend-taken = bezet
legend-press = Kies een dag door erop te drukken.
car-seats = { $count ->
    [one] 1 zitplaats
   *[other] { $count } zitplaatsen
}
car-odometer = De kilometerteller staat op { $km } km
car-own-risk = Van een schade betaal je hooguit { $amount }
help-takes = Duurt ongeveer { $length }
tariff-km = { $price } per km
tariff-km-to = { $price } per km tot { $km } km
tariff-hour = { $price } per uur
tariff-fixed = { $price } per keer

## Vragen
ask-title = Vragen of je het mag lenen
ask-title-help = Deze hulp vragen
ask-title-offer = Hulp aanbieden
ask-from = Vanaf
ask-to = Tot
ask-quantity = Hoeveel
ask-fewer = Minder
ask-more = Meer
ask-km = Hoe ver ongeveer?
ask-km-hint = In kilometers; mag leeg blijven
ask-note = Een woordje erbij
ask-note-hint = Waar het voor is, of wanneer je langskomt
ask-order = Het einde moet na het begin komen. Kies een later einde.
ask-at-once = Vrij. Het is meteen van jou, { $length } lang.
ask-owner = Vrij, { $length } lang. { $owner } antwoordt op je vraag.
ask-can-help = { $owner } hoort het van je, en zegt of die tijd uitkomt.
ask-button = Vragen om te lenen
ask-button-at-once = Reserveren
ask-button-help = Hulp vragen
ask-button-offer = Hulp aanbieden
ask-instead = Dan kan het wel:
ask-wait = Zeg het me als het vrijkomt
ask-sent = Je hebt om ‘{ $title }’ gevraagd
price-about = Ongeveer { $amount }
price-km = { $price } per km
price-and-km = { $amount }, en { $price } per km

## Wat eigenaren vragen
rule-instant = Meteen bevestigd als het vrij is.
rule-asked = De eigenaar antwoordt op elke vraag.
rule-lead = Vraag het minstens { $length } vooraf.
rule-horizon = Hooguit { $length } vooraf te reserveren.
rule-shortest = Minstens { $length }.
rule-longest = Hooguit { $length }.
rule-gap = Tussen twee afspraken blijft { $length } vrij.
rule-open = Halen en brengen: { $times }.
rule-every-day = elke dag
rule-closed = Gesloten: { $days }.
rule-closed-skipped = Gesloten dagen ertussen tellen niet mee.
rule-closed-inside = Er mag geen gesloten dag tussen liggen.
rule-quota = Per buur: { $quota }.
rule-only = { $count ->
    [0] Alleen de eigenaar gebruikt het.
    [one] Alleen één buur mag het lenen.
   *[other] Alleen { $count } buren mogen het lenen.
}
rule-repair = Het wordt gerepareerd.
rule-repair-note = Het wordt gerepareerd: { $note }.
quota-week = { $amount } per week
quota-month = { $amount } per maand
quota-rolling = { $amount } per { $days } dagen

## Waarom niet
reason-quantity = { $count ->
    [one] Er is er maar één van.
   *[other] Er zijn er maar { $count } van.
}
reason-past = Dat begin is al voorbij. Kies een later begin.
reason-not-allowed = De eigenaar leent dit alleen aan sommige buren. Vraag het ze.
reason-too-soon = Vraag dit { $length } vooraf: vanaf { $at }.
reason-too-early = Hooguit { $length } vooraf te reserveren. Kies een eerdere dag.
reason-too-short = Minstens { $length }: kies een later einde.
reason-too-long = Hooguit { $length }: kies een eerder einde.
reason-chain = Samen met je afspraak ernaast is dit langer dan { $length }. Gun anderen ook een beurt.
reason-closed-start = Het kan dan niet gehaald worden ({ $at }).
reason-closed-end = Het kan dan niet teruggebracht worden ({ $at }).
reason-closed-day = { $day } is gesloten, en mag er niet tussen liggen.
reason-quota = Elke buur mag het { $quota }; jij hebt er al { $used }.
reason-gap = Te dicht op de volgende afspraak: er blijft { $length } tussen vrij.
reason-taken = Iemand anders heeft het dan.
reason-taken-mine = Je hebt het dan zelf al.
reason-overlap = Er zijn er dan maar { $free } van { $capacity } vrij.

## Afspraken
booking-unknown = Iets dat nog onderweg is
booking-pieces = { $count ->
    [one] 1 stuk
   *[other] { $count } stuks
}
booking-from = van { $name }
booking-for = voor { $name }
booking-note = ‘{ $note }’
booking-extension = Wil het houden tot { $at }
state-clash = Dubbel beloofd: bel elkaar
state-asks-you = Wacht op jouw antwoord
state-asked-here = Gevraagd; nog op dit apparaat
state-asked-there = Gevraagd; aangekomen bij { $owner }
state-waiting = In de rij: je hoort het als het vrijkomt
state-offered = Voor je vastgehouden: wil je het?
state-confirmed = Bevestigd
state-late = Had terug moeten zijn: { $at }
state-out = Uitgeleend tot { $at }
state-returned = Weer terug
state-declined = { $owner } zei nee
state-cancelled = Afgezegd
state-expired = Niemand antwoordde op tijd
act-confirm = Bevestigen
act-decline = Afwijzen
act-accept = Ja, graag
act-returned = Het is terug
act-picked-up = Opgehaald
act-done = Gedaan
act-cancel = Afzeggen
act-withdraw = Intrekken
decline-title = Vriendelijk nee zeggen
decline-line = Een korte reden helpt. Misschien kan het een andere dag?
decline-reason = Waarom niet
decline-hint = Ik heb het dit weekend zelf nodig; volgende week kan
decline-yes = Nee zeggen
calloff-title = Afzeggen?
calloff-line = De ander hoort het meteen, en de tijd is weer vrij voor anderen.
calloff-reason = Waarom; mag leeg blijven
calloff-hint = Het regent de hele dag
calloff-yes = Afzeggen

## Vandaag
today-line = { $weekday } { $date }
today-waiting = Wacht op jou
today-nothing-waits = Niets wacht op je antwoord.
today-have = Je hebt
today-lent = Je leende uit
today-asked = Je vroeg om
today-coming = Straks
today-news = Wat er gebeurde
today-open = Bekijken
today-read = Dit heb ik gezien
today-empty = Een rustige dag
today-empty-line = Niemand vraagt je iets, en er hoeft niets terug. Wat je leent of uitleent, zie je hier.
today-look = Kijken wat er is
clash-title = Twee keer beloofd voor dezelfde tijd
clash-line = { $count ->
    [one] Er is er maar één, en die is vaker dan één keer beloofd. Wat het eerst is beloofd, geldt – tenzij jullie iets anders afspreken: bel elkaar.
   *[other] Er zijn er { $count }, en er zijn er meer beloofd. Wat het eerst is beloofd, geldt – tenzij jullie iets anders afspreken: bel elkaar.
}
clash-stands = Eerst beloofd: dit geldt
clash-falls = Later beloofd: zoek een andere tijd

## Berichten
thread-title = Vragen en vertellen
thread-empty = Vraag { $owner } er gerust iets over. Alle buren kunnen meelezen.
thread-empty-mine = Nog niemand vroeg iets. Alle buren kunnen meelezen.
thread-field = Bericht
thread-hint = Schrijf iets
thread-send = Versturen

## Delen
share-line = Wat het is, een foto, klaar. De rest kan wachten.
share-thing = Een ding
share-car = Een auto
share-help-offer = Hulp die ik bied
share-help-ask = Hulp die ik zoek
share-title = Wat is het?
share-title-thing = Ladder, 4,5 m
share-title-car = De rode Fiat
share-title-offer = Een uurtje in je tuin
share-title-ask = Wie kan een lamp ophangen?
share-shelf = Waar hoort het bij?
share-about = Een paar woorden
share-about-thing = Waar het staat, waar je op moet letten
share-about-car = Waar hij staat, waar hij op rijdt
share-about-help = Waar het om gaat, en wanneer het uitkomt
share-photos = Foto’s
share-photos-add = Foto’s erbij: druk hier, of sleep of plak ze
share-photos-pick = Foto’s kiezen
share-photos-busy = { $count ->
    [one] Een foto klaarmaken
   *[other] { $count } foto’s klaarmaken
}
share-photos-line = Plaats en tijd worden uit foto’s gehaald voordat iemand ze ziet.
share-photo-remove = Foto { $count } weghalen
share-pieces = Hoeveel zijn er?
share-seats = Zitplaatsen
share-plate = Kenteken
share-per-km = Prijs per km
share-per-km-hint = 0,25
share-per-hour = Prijs per uur
share-per-hour-hint = 2,50, of leeg
share-hours = Hoe lang duurt het, in uren?
share-hours-hint = 1,5, of leeg
share-instant = Vanzelf ja zeggen
share-instant-line = Wie erom vraagt heeft het meteen als het vrij is. Anders word je gevraagd.
share-give = Weg te geven
share-give-line = Wie het krijgt, mag het houden.
share-button = Delen
share-button-ask = De buren vragen
share-preview = Zo zien je buren het
share-preview-title = Jouw ding
share-needs-title = Alleen een naam is nodig.
share-no-title = Wat is het? Geef het een naam, en deel het dan.
share-bad-price = Schrijf een prijs als 0,25 – met hooguit drie cijfers achter de komma.
share-bad-hours = Schrijf uren in kwartieren, zoals 0,25, 1,5 of 2.
share-done = ‘{ $title }’ is gedeeld
photo-heavy = Deze foto is te groot: hooguit 8 MB. Maak hem kleiner, of neem een andere.
photo-unknown = Dit bestand is geen foto die Noaber kan openen. Kies een JPEG-, PNG- of WebP-plaatje.
photo-bad = Deze foto is niet te gebruiken. Kies een andere.
photo-many = Er is plaats voor { $count } foto’s. Haal er eerst een weg.
photo-unread = Dit bestand is niet te lezen: { $detail }

## Buren
people-line = { $count ->
    [one] Alleen jij in { $circle }, tot nu toe
   *[other] { $count } buren in { $circle }
}
people-invite = Buur uitnodigen
people-you = { $name } (jij)
people-since = Hier sinds { $date }
people-steward = beheerder
people-signs = Om te vergelijken: { $signs }
people-shares = { $count ->
    [0] Deelt nog niets
    [one] Deelt één ding
   *[other] Deelt { $count } dingen
}
people-alone = Wie woont er naast je?
people-alone-line = Een kring begint met twee. Nodig een buur uit: een link of een code is genoeg.
invite-title = Een buur uitnodigen
invite-line = Laat dit scannen, of stuur de link. Er komt één buur mee binnen.
invite-code = Uitnodiging als code om te scannen
invite-copy = Link kopiëren
invite-copied = Gekopieerd
invite-until = Hij werkt tot { $at }.
invite-online = Laat Noaber open tot je buur binnen is.
invite-other = Nog een maken die zo lang werkt
invite-day = een dag
invite-week = een week
invite-month = een maand
invite-open = { $count ->
    [one] Eén uitnodiging van jou staat open, tot { $at }.
   *[other] { $count } uitnodigingen van jou staan open, de laatste tot { $at }.
}
leave-title = Verhuizen
leave-line = Je kunt de kring verlaten wanneer je wilt. Wat er was, blijft hier te lezen.
leave-button = Deze kring verlaten
leave-ask = { $circle } verlaten?
leave-means = Je buren zien dat je weg bent. Wat je aanbiedt, wordt niet meer aangeboden. Met hetzelfde apparaat kom je niet meer binnen; met een nieuw wel.
leave-have = { $count ->
    [one] Je hebt nog één ding van een buur. Die kan noteren dat het terug is.
   *[other] Je hebt nog { $count } dingen van buren. Zij kunnen noteren dat die terug zijn.
}
leave-lent = { $count ->
    [one] Eén ding van jou is nog bij een buur.
   *[other] { $count } dingen van jou zijn nog bij buren.
}
leave-coming = { $count ->
    [one] Er komt nog één boeking. De ander hoort het.
   *[other] Er komen nog { $count } boekingen. De anderen horen het.
}
leave-owe = Je moet nog { $amount } betalen.
leave-owed = Je krijgt nog { $amount }.
leave-stay = Ik blijf
leave-yes = Verlaten

## Hoe ver we met elkaar zijn
sync-all = { $count ->
    [one] Helemaal bij met je buur.
   *[other] Helemaal bij met alle { $count } buren.
}
sync-some = Bij met { $level } van { $all } buren.
sync-none = Nu is niemand bereikbaar. Je kunt gewoon verder; het wordt later doorgegeven.
sync-alone = Er is nog niemand anders in deze kring.
sync-catching = Bijpraten met { $name }.
sync-not-heard = Niets gehoord van { $device } sinds { $since }.
sync-never = Nog niets gehoord van { $name }.
sync-offline = Er is hier geen netwerk: { $detail }. Je kunt gewoon verder; het wordt later doorgegeven.
contact-here = Dit apparaat
contact-level = Helemaal bij
contact-catching = Aan het bijpraten
contact-never = Nog niets van gehoord
contact-away = Niets van gehoord sinds { $since }

## De week van een auto
week-number = Week { $week }
week-today = Vandaag
week-before = Eerder
week-after = Later
week-own = Dit is van jou; buren reserveren hem hier
week-owner = Gedeeld door { $owner }
week-you = Jij
week-calendar = { $title }, van { $from } tot en met { $to }.
week-chosen = Gekozen: { $at }.
week-can = Dan is hij vrij.
week-keys = Met toetsen: pijltjes verschuiven de tijd, Shift en pijltjes het einde, Enter vraagt erom.
week-drag = Sleep over de kalender om een tijd te kiezen.
week-choose = Een tijd kiezen
week-yours = Jouw reservering
week-theirs = Gereserveerd
week-close = Weer dicht
week-not-yours = Alleen de twee betrokkenen kunnen dit veranderen.
week-closed = Gesloten
week-no-handing = Niet halen of brengen
week-shorter = De klok gaat vooruit: deze dag heeft 23 uur
week-longer = De klok gaat terug: deze dag heeft 25 uur
week-other-free = dan ook vrij
week-other-not = dan niet vrij
week-side = Naast elkaar
week-side-line = Druk op een dag om die auto dan te boeken.
week-none = Hier is nog geen auto
week-none-line = Een auto staat het grootste deel van de dag stil. Deel er een, en buren reserveren hem hier.
act-extend = Langer houden
extend-title = Tot wanneer?
extend-yes = Vragen
extend-later = Kies een later einde dan nu.
extend-free = Tot dan is hij vrij.
act-damage = Er is iets kapot
damage-title = Wat is er gebeurd?
damage-what = Wat er mis is
damage-hint = Een kras op het linkerportier
damage-yes = Melden
week-damaged = { $name } meldt: { $text }
damage-usable = Hij is nog te gebruiken
damage-usable-line = Anders kan niemand hem reserveren tot hij gerepareerd is.
pick-up-title = Goede reis
return-title = Weer terug
odometer = Wat staat er op de kilometerteller?
odometer-hint = In kilometers
odometer-last = De vorige keer stond hij op { $km } km.
return-remark = Een opmerking
return-remark-hint = Waar hij staat, hoe vol de tank is

## Saldo
balance-line = Wie krijgt wat van wie, in { $circle }
balance-even = Je staat quitte
balance-even-line = Je bent niets schuldig, en niemand jou iets.
balance-get = Je krijgt
balance-give = Je betaalt nog
balance-everybody = Iedereen
balance-gets = krijgt { $amount }
balance-gives = betaalt nog { $amount }
balance-zero = quitte
balance-pot = De pot
balance-waits = Wacht op jouw woord
balance-written = Nog niet goedgekeurd door anderen
balance-settle = Verrekenen
balance-settle-even = Iedereen staat quitte.
balance-settle-line = Een paar betalingen, en iedereen staat quitte.
balance-you-pay = Jij betaalt { $name }
balance-pays-you = { $name } betaalt jou
balance-others-pay = { $from } betaalt { $to } { $amount }
balance-pay = Betalen
balance-said-paid = Jij zei dat het betaald is; { $name } moet het nog zien komen
balance-agree = Akkoord
balance-wrong = Dat klopt niet
balance-come = Het is binnen
balance-not-come = Het is er niet
balance-take-back = Intrekken
balance-you-owe = Je bent { $name } { $amount } schuldig
balance-owes-you = { $name } is jou { $amount } schuldig
balance-paid-you = { $name } betaalde jou { $amount }
balance-you-paid = Jij betaalde { $name } { $amount }
balance-refused = { $name } zegt: dat klopt niet
balance-awaits = Wacht op { $name }
balance-trip = Een rit: { $text }
balance-text = ‘{ $text }’
balance-why-title = Wat klopt er niet?
balance-why-line = Een paar woorden helpen om het samen recht te zetten.
balance-why = In je eigen woorden
balance-why-hint = Het was 24 km, geen 42
balance-why-yes = Zeggen
balance-hours = Uren hulp
balance-hours-got = Je gaf { $hours } meer dan je kreeg
balance-hours-gave = Je kreeg { $hours } meer dan je gaf
balance-hours-even = Je gaf evenveel als je kreeg
balance-floor = Dat is onder { $hours }, zoals de kring heeft afgesproken. Help eerst iemand voor je weer iets vraagt.
balance-plus = { $hours } tegoed
balance-minus = { $hours } in het rood
balance-qr = Een overschrijving als code om te scannen
balance-qr-line = Scan dit met de app van je bank.
balance-pay-title = { $name } betalen
balance-copy-iban = Rekeningnummer kopiëren
balance-copy-amount = Bedrag kopiëren
balance-copied = Gekopieerd
balance-no-account = { $name } heeft nog geen rekening opgegeven. Betaal contant, of vraag ernaar.
balance-no-euro = Een code om te scannen is er alleen voor euro’s.
balance-paid = Ik heb dit betaald
balance-paid-text = Verrekening
balance-paid-said = Genoteerd. { $name } wordt gevraagd of het binnen is.
balance-bought = Ik heb iets betaald
balance-bought-line = Vink aan wie meedoet: ieder wordt om akkoord gevraagd.
balance-bought-what = Wat was het?
balance-bought-hint = Verf voor het bankje
balance-bought-amount = Hoeveel heb je betaald?
balance-bought-amount-hint = 12,50
balance-bought-yes = De kosten delen
balance-bought-each = { $name } { $amount }
balance-bought-bad = Schrijf een bedrag als 12,50.
balance-bought-none = Vink minstens één buur aan.
balance-bought-no-text = Schrijf wat het was.
balance-bought-done = Gedeeld. De anderen worden om akkoord gevraagd.
balance-account = Mijn bankrekening
balance-account-line = Buren zien hem als ze jou betalen.
balance-account-iban = Rekeningnummer (IBAN)
balance-account-payee = Op naam van
balance-account-save = Bewaren
balance-account-saved = Bewaard. Je buren kunnen je nu betalen.
balance-account-good = Dit nummer kan kloppen.
iban-characters = Een IBAN heeft alleen letters en cijfers, zoals NL91 ABNA 0417 1643 00.
iban-country = Een IBAN begint met de twee letters van een land, zoals NL.
iban-length = Een IBAN van dit land heeft { $expected } letters en cijfers; dit heeft er { $found }.
iban-typing = Er zit een typefout in. Vergelijk het met je bankpas.
amount-hours = { $hours } uur

## Het hulpbord
thanks-title = Gedaan, met dank
thanks-line = Zeg dat de hulp is gegeven.
thanks-words = Een bedankje; mag leeg blijven
thanks-hint = De lamp hangt recht. Dank je wel!
thanks-yes = Het is gedaan
thanks-hours = Hoe lang het duurde
thanks-less = Een kwartier minder
thanks-more = Een kwartier meer
thanks-hours-none = Er worden geen uren opgeschreven.
thanks-hours-helper = { $hours } voor jou. { $name } wordt om akkoord gevraagd.
thanks-hours-helped = { $hours } voor { $name }, van jou.
help-line = Wat buren voor elkaar doen in { $circle }
help-offered = Aangeboden
help-offered-line = Hulp die buren bieden
help-asked = Gevraagd
help-asked-line = Wie een handje kan gebruiken
help-offer = Hulp bieden
help-ask = Hulp vragen
help-can = Ik kan helpen
help-want = Hierom vragen
help-look-after = Bekijken
help-yours = Van jou
help-weekly = elke week
help-since = staat hier sinds { $since }
help-messages = { $count ->
    [one] 1 bericht
   *[other] { $count } berichten
}
help-open-offer = Je kunt erom vragen
help-open-mine = Buren kunnen erom vragen
help-open-ask = Nog niemand
help-answers = { $count ->
    [one] 1 buur kan helpen
   *[other] { $count } buren kunnen helpen
}
help-requests = { $count ->
    [one] 1 buur vraagt erom
   *[other] { $count } buren vragen erom
}
help-promised = { $name } helpt: { $when }
help-promised-you = Jij helpt: { $when }
help-promised-to = Voor { $name }: { $when }
help-promised-to-you = Voor jou: { $when }
help-done = Gedaan, met dank aan { $name }
help-agreed = Afgesproken
help-hours-more = Naar het saldo
help-no-offers = Nu biedt niemand iets aan
help-no-offers-line = Een uurtje in de tuin, een ritje naar de dokter: zou jij een uurtje willen bieden?
help-no-asks = Nu vraagt niemand iets
help-no-asks-line = Kun je een handje gebruiken? Buren vinden het fijn om gevraagd te worden.
help-search-hint = Zoek een tuin, een lamp, …
help-none = Niets gevonden. Probeer een ander woord.

## Mijn maand
month-line = Wat je hebt, uitleende, beloofde en vroeg
month-day = { $count ->
    [0] { $day }, niets
    [one] { $day }, één afspraak
   *[other] { $day }, { $count } afspraken
}
month-keys = Pijltjes verschuiven de dag, de paginatoetsen de maand, Enter opent de dag.
month-more = + nog { $count }
month-nothing = Niets op deze dag.
month-all-day = De hele dag
month-from = Vanaf { $at }
month-until = Tot { $at }
month-bring-back = Terugbrengen: { $at }
month-comes-back = { $name } brengt het terug: { $at }
month-late = Had terug moeten zijn: { $at }
month-week = De week van deze auto
month-legend-mine = Voor jou
month-legend-lent = Van jou, voor een buur
month-legend-asked = Gevraagd, nog niet beloofd
month-legend-mind = Vraagt je aandacht
month-file = In je eigen agenda
month-file-line = Een bestand met al je afspraken, voor de agenda op je computer of telefoon. Het is een kopie: bewaar het opnieuw als er iets verandert.
month-file-save = Bewaren als agendabestand
month-file-name = noaber.ics
month-file-saved = Bewaard als { $file }

## Meldingen
news-question = { $borrower } vraagt om ‘{ $title }’: { $when }.
news-question-offer = { $borrower } vraagt je hulp, ‘{ $title }’: { $when }.
news-question-ask = { $borrower } kan je helpen, ‘{ $title }’: { $when }.
news-extension-asked = { $borrower } wil ‘{ $title }’ graag houden tot { $at }.
news-confirmed = ‘{ $title }’ is voor jou: { $when }. { $owner } heeft het bevestigd.
news-confirmed-offer = { $owner } helpt je, ‘{ $title }’: { $when }.
news-confirmed-ask = { $owner } is blij met je hulp, ‘{ $title }’: { $when }.
news-declined = { $owner } kan je ‘{ $title }’ niet lenen: { $when }.
news-declined-offer = { $owner } kan je niet helpen, ‘{ $title }’: { $when }.
news-declined-ask = { $owner } heeft je niet nodig, ‘{ $title }’: { $when }.
news-expired = Niemand antwoordde op tijd over ‘{ $title }’: { $when }.
news-cancelled = { $name } heeft ‘{ $title }’ afgezegd: { $when }.
news-extended = Je mag ‘{ $title }’ langer houden, tot { $at }.
news-not-extended = ‘{ $title }’ kan niet langer bij je blijven: breng het terug, { $at }.
news-held = ‘{ $title }’ is nu vrij en wordt voor je vastgehouden. Zeg ja vóór { $at }.
news-starts = Je kunt ‘{ $title }’ halen: { $at }.
news-starts-help = Binnenkort met { $name }, ‘{ $title }’: { $at }.
news-due = ‘{ $title }’ gaat terug naar { $owner }: { $at }.
news-overdue = { $borrower } heeft ‘{ $title }’ nog. Het had terug moeten zijn: { $at }.
news-overdue-mine = Je hebt ‘{ $title }’ nog. { $owner } had het terug verwacht: { $at }.
news-still-out = ‘{ $title }’ is nog niet terug, en jij bent de volgende.
news-repair = ‘{ $title }’ wordt gerepareerd als jij het wilde hebben.
news-damaged = Er is iets stuk: ‘{ $title }’.
news-clash = ‘{ $title }’ is dubbel beloofd voor dezelfde tijd: { $when }. Bel elkaar.
news-you-did-not-fetch = Je hebt ‘{ $title }’ niet opgehaald; { $owner } weet dat.
news-not-fetched = { $borrower } heeft ‘{ $title }’ niet opgehaald.
news-owner-left = { $owner } is uit de kring gegaan. Vraag rond over ‘{ $title }’.
news-borrower-left = { $borrower } is uit de kring gegaan en heeft ‘{ $title }’ nog. Haal het terug.
news-borrower-left-before = { $borrower } is uit de kring gegaan. Zeg af wat beloofd was: ‘{ $title }’.
news-message = { $name } over ‘{ $title }’: { $text }
news-gift = { $owner } wil je ‘{ $title }’ geven.
news-payment = { $said }. Is het binnen?
news-line = { $said }. Klopt dat?
news-line-for = { $said }, voor ‘{ $text }’. Klopt dat?
news-because = { $said } ‘{ $text }’
notices-line = { $count ->
    [0] Niets nieuws
    [one] Eén nieuwe
   *[other] { $count } nieuwe
}
notices-all = Alles
notices-new = Nieuw
notices-questions = Vragen
notices-messages = Berichten
notices-read = Dit heb ik gezien
notices-read-all = Alles gezien
notices-is-new = Nieuw
notices-more = Oudere laten zien
notices-none = Niets van deze soort.
notices-empty = Er is nog niets gebeurd
notices-empty-line = Als een buur je iets vraagt, antwoordt of schrijft, zie je het hier.
notices-take = Graag, ik neem het
notices-taken = ‘{ $title }’ is nu van jou

## Apparaten
devices-line = Waar jij thuis bent in Noaber
devices-here = { $name } (dit apparaat)
devices-since = Je zit in { $circle } sinds { $date }
devices-keeps = { $count ->
    [0] Het beslist nog nergens over. Wat je vanaf hier deelt, wordt hier beslist.
    [one] Het beslist over één ding dat je deelt
   *[other] Het beslist over { $count } dingen die je deelt
}
devices-keeps-line = Alleen dit apparaat kan hier ja op zeggen. Laat het aan staan, of hou het bij de hand als buren iets vragen.
devices-disk = { $size } op de schijf van dit apparaat
devices-backup-last = Laatste reservekopie { $at }
devices-backup-never = Er is nog geen reservekopie
devices-others = Je andere apparaten
devices-one = Iedere buur heeft voorlopig één apparaat in Noaber. Op een tweede computer zou je voor de anderen een tweede buur zijn.
devices-other-decides = beslist over { $count ->
    [0] niets
    [one] één ding
   *[other] { $count } dingen
}
devices-lost = Als je dit apparaat kwijtraakt
devices-lost-line = Je buren bewaren wat je deelde en afsprak: de kring gaat door zonder dit apparaat. Je sleutels staan alleen hier en in je reservekopieën, dus bewaar er een ergens anders.
devices-lost-not-yet = Deze versie maakt reservekopieën en kijkt ze na. Terugzetten kan er nog niet mee.
devices-to-backup = Een reservekopie maken bij Instellingen
devices-you = Om samen te vergelijken
devices-you-line = Je buur vindt deze tekens onder je naam, bij Buren. Staat daar hetzelfde, dan ben jij het echt.
devices-you-is = Jij bent { $id }
devices-copy = Alles kopiëren

## Instellingen
settings-line = Hoe Noaber eruitziet, en hoe het je buren bereikt
settings-look = Hoe het eruitziet
settings-language = Taal
settings-colours = Kleuren
settings-light = Licht
settings-dark = Donker
settings-auto = Zoals op deze computer
settings-size = Tekstgrootte
settings-size-is = { $percent } procent
settings-size-line = Schuif, of gebruik de pijltjes op je toetsenbord.
settings-size-example = De ladder van Anna is zaterdag vrij.
settings-bell = Meldingen
settings-bell-on = Laat het me weten op het bureaublad
settings-bell-line = Als een buur iets vraagt of antwoordt, en als er iets terug moet. Alles één keer.
bell-several = Er zijn { $count } dingen gebeurd in { $circle }
settings-reach = Je buren bereiken
settings-lan = Buren vinden op dit netwerk
settings-lan-line = In hetzelfde huis of op dezelfde wifi is geen internet nodig.
settings-relays = Doorgeefpunten
settings-relays-line = Een doorgeefpunt (relay) helpt waar twee huizen elkaar niet rechtstreeks bereiken. Het geeft door wat het niet kan lezen.
settings-relays-none = Je gebruikt er geen.
settings-relay-remove = { $address } weghalen
settings-relay-field = Adres van een doorgeefpunt
settings-relay-hint = https://relay.example
settings-relay-add = Toevoegen
settings-relay-bad = Dit is geen adres van een doorgeefpunt. Zo’n adres lijkt op https://relay.example – kopieer het nog eens helemaal.
settings-relay-twice = Dit doorgeefpunt gebruik je al.
settings-relay-many = Acht doorgeefpunten is genoeg. Haal er eerst een weg.
settings-changing = Even omschakelen…
settings-reach-bad = Dat lukte niet: { $detail }. Alles blijft zoals het was.
settings-calendar = In je eigen agenda
settings-calendar-on = Mijn boekingen tonen in agendaprogramma’s
settings-calendar-line = Voor programma’s op deze computer. Ze abonneren zich op een adres.
settings-calendar-copy = Adres voor { $circle } kopiëren
settings-calendar-copied = Gekopieerd
settings-calendar-secret = Het adres is geheim: wie het heeft en deze computer gebruikt, kan de boekingen lezen. Geef het niet door.
settings-backup = Reservekopie
settings-backup-line = Eén bestand met alles: je sleutels, de kring, boekingen en foto’s. Wie het heeft, kan zich voordoen als jij: bewaar het waar alleen jij erbij kunt, en niet alleen op dit apparaat.
settings-backup-make = Reservekopie maken
settings-backup-check = Reservekopie nakijken
settings-backup-title = Waar moet de reservekopie heen?
settings-backup-open = Welke reservekopie?
settings-backup-file = Noaber { $date }
settings-backup-busy = Alles in één bestand bewaren…
settings-backup-part = Alles in één bestand bewaren: { $percent } procent.
settings-backup-checking = Alles nalezen…
settings-backup-done = { $size } bewaard in { $file }.
settings-backup-good = Alles is in orde: { $count ->
    [one] één bericht en alle foto’s zijn zoals ze geschreven zijn.
   *[other] { $count } berichten en alle foto’s zijn zoals ze geschreven zijn.
}
settings-backup-broken = Deze reservekopie is beschadigd: { $detail }. Maak een nieuwe.
settings-backup-failed = Er is geen reservekopie: { $detail }.
settings-backup-last = De laatste is gemaakt { $at }.
settings-circle = Je kring
settings-circle-members = { $count ->
    [one] Alleen jij
   *[other] { $count } buren
}
settings-circle-zone = Tijdzone { $zone }
settings-circle-currency = Geld in { $currency }
settings-circle-people = Wie erbij hoort, en weggaan
settings-circle-paid = Hoe jij betaald wordt
settings-about = Over Noaber
settings-about-version = Versie { $version }
settings-about-line = Gemaakt voor buren. Geen account, geen bedrijf ertussen.
settings-about-licence = Vrije software, onder MIT of Apache 2.0.
settings-about-fonts = Letters: Nunito, onder de SIL Open Font License 1.1. Pictogrammen: Phosphor, onder de MIT-licentie.
settings-technical = Technisch
settings-technical-line = Voor wie onder de motorkap wil kijken

## Instellingen, technisch
tech-refresh = Opnieuw kijken
tech-device = Apparaat
tech-member = Lid
tech-addresses = Adressen
tech-addresses-none = geen
tech-copy = Kopiëren: { $what }
tech-copied = Gekopieerd
tech-circle = Kring { $name }
tech-id = Id
tech-entries = Entries
tech-frontier = Frontier
tech-newer = { $count } entries uit een nieuwere Noaber
tech-peers = Peers
tech-peers-none = Geen andere apparaten in deze kring.
tech-direct = rechtstreeks verbonden
tech-relay = verbonden via een relay
tech-away = niet verbonden
tech-seen = laatst gezien { $at }
tech-never = nooit gezien
tech-behind = { $behind } achter, { $ahead } voor
tech-unknown = heeft zijn frontier niet verteld
tech-traffic = Verkeer sinds de start
tech-in = In: { $frames } frames, { $size }
tech-out = Uit: { $frames } frames, { $size }
tech-photos = Foto’s: { $size }
tech-offline = Geen netwerk: { $detail }
tech-data = Waar de gegevens staan
tech-open = Map openen
tech-open-failed = De map kon niet worden geopend. Het pad is gekopieerd.
tech-log = Logboek
tech-log-all = Alles
tech-log-trouble = Waarschuwingen
tech-log-copy = Alles kopiëren
tech-log-none = Er is nog niets gemeld.
size-bytes = { $count } bytes
size-kb = { $size } kB
size-mb = { $size } MB
size-gb = { $size } GB

## Iets veranderen
own-line-retired = Je buren zien het niet meer.
own-change = Wijzigen
own-again = Opnieuw aanbieden
own-give = Aan iemand geven
give-title = ‘{ $title }’ weggeven
give-line = Wie het krijgt, is voortaan de eigenaar, met de foto’s en het verhaal erbij. Het is van hen zodra ze het aannemen.
give-choose = Kies een buur
give-yes = Aan { $name } geven
give-done = { $name } krijgt de vraag om ‘{ $title }’ aan te nemen.
edit-back = Terug zonder wijzigen
edit-title = ‘{ $title }’ wijzigen
edit-button = Wijzigingen bewaren
edit-done = ‘{ $title }’ is gewijzigd
share-odometer = Wat de kilometerteller aangeeft
share-odometer-hint = 48210
share-own-risk = Eigen risico van een bestuurder
share-own-risk-hint = 150, of leeg
share-bad-km = Schrijf de kilometerstand in hele kilometers, zoals 48210.
share-bad-risk = Schrijf het eigen risico als een bedrag, zoals 150 of 150,00.
rules-show = Regels: hoe lang, wanneer, voor wie
rules-title = Wat je van leners vraagt
rules-none = Zoals het uitkomt
rules-longest = Hoe lang hooguit
rules-lead = Hoe lang van tevoren vragen, minstens
rules-horizon = Hoe ver vooruit, hooguit
rules-gap = Rust tussen twee leners
rules-quota = Hoe vaak per buur
rules-open = Wanneer het gehaald en gebracht kan worden
rules-open-from = Open vanaf
rules-open-to = Open tot
rules-open-add = Alleen op bepaalde tijden
rules-open-more = Ook op andere tijden
rules-open-remove = Deze tijden weghalen
rules-only = Alleen voor sommige buren
rules-only-line = Anderen zien het wel, en lezen dat het niet voor iedereen is.
rules-repair = Het is stuk, of even weg
rules-repair-line = Niemand kan het krijgen tot je zegt dat het er weer is. Wie het geboekt had, hoort het.
rules-repair-note = Wat is er aan de hand
rules-repair-hint = Er komt een nieuwe riem
rules-bad = Deze regels spreken elkaar tegen. Kijk nog eens naar de tijden en hoe lang.

## De voorbeeldstraat
sample-title = De voorbeeldstraat
sample-moving = Zes buren komen er wonen
sample-sharing = Ze brengen mee wat ze delen
sample-living = Er gaan twee weken voorbij
sample-arriving = Ze doen de deur voor je open
sample-line = Dat duurt een paar tellen. Alles gebeurt op deze computer.
sample-failed = De straat is niet klaargekomen: { $detail }. Probeer het nog eens, of begin met een eigen kring.
sample-back = Terug
sample-banner = Een voorbeeldstraat. Niets hier is echt, en alles is weg als je weggaat.
sample-banner-short = Een voorbeeldstraat: niets hier is echt.
sample-leave = Voorbeeldstraat verlaten

## Het venster sluiten
closing-title = Je bent nog ergens mee bezig
closing-kept = Wat je schreef is nog niet verstuurd. Het blijft bewaard en staat er nog als je terugkomt.
closing-lost = Wat je schreef is nog niet verstuurd, en gaat verloren.
closing-stay = Verder schrijven
closing-close = Toch sluiten
closing-close-kept = Sluiten; bewaar mijn tekst

## Wat er misging
fail-keeper = Alleen { $name } kan hierop antwoorden: daar wordt het bijgehouden.
fail-member = Je zit al in deze kring.
fail-over = Dat is al voorbij: iemand was sneller, of de tijd is verstreken.
fail-other = Dat is niet gelukt: { $detail }.
fail-store = Het kon niet worden bewaard: { $detail }. Maak ruimte op de schijf, en probeer het nog eens.
fail-stopped = Noaber sluit net af. Open het opnieuw, en probeer het nog eens.
