import type { Language } from '../story.ts'

/**
 * Things that keep happening. `{slot}` is filled from slots.ts, `@kobaltfon.test` and its like are mentions. A reply
 * is given by somebody else, `thanks` by the first author to the reply.
 */
export interface Situation {
  language: Language
  text: string
  replies?: string[]
  thanks?: string[]
}

const de = (text: string, replies?: string[], thanks?: string[]): Situation => ({
  language: 'de',
  text,
  ...(replies && { replies }),
  ...(thanks && { thanks }),
})
const nl = (text: string, replies?: string[], thanks?: string[]): Situation => ({
  language: 'nl',
  text,
  ...(replies && { replies }),
  ...(thanks && { thanks }),
})
const en = (text: string, replies?: string[], thanks?: string[]): Situation => ({
  language: 'en',
  text,
  ...(replies && { replies }),
  ...(thanks && { thanks }),
})

export const telecomSituations: Situation[] = [
  de('{zeit} steht im Kobaltfon-Laden in {stadt} eine Schlange bis zum Bäcker. Gibt es was umsonst?', [
    'Neue SIM-Karten, alle gleichzeitig abgelaufen. Nimm dir was zu lesen mit.',
  ]),
  de(
    '@kobaltfon.test In {stadt} sinkt {zeit} die Leitung auf {zahl} Mbit. Gebucht sind 250. Woran liegt das?',
    ['Bei mir in {stadt} genauso, immer zur selben Uhrzeit.'],
    ['Gut zu wissen, dann liegt es nicht an mir.'],
  ),
  de('Kobaltbox zählt laut Oberfläche {zahl} Geräte. Ich besitze {klein}. Wer seid ihr alle?', [
    'Steckdosen. Es sind immer die Steckdosen.',
    'Kennwort ändern und sehen, wer sich beschwert.',
  ]),
  de(
    'Mein {verwandt} hat die Kobaltfon-Hotline {zahl} Minuten lang unterhalten. Am Ende wussten beide nicht mehr, warum er anrief.',
  ),
  de('Rechnung von Kobaltfon: {betrag} Euro „Sonstiges“. Könnte mal jemand sagen, was Sonstiges ist? @kobaltfon.test', [
    'Hatte ich auch, war eine Servicenummer, die der Kleine gewählt hat.',
  ]),
  de(
    'Der Techniker von Kobaltfon kam heute {klein} Stunden zu früh. Ich war noch im Bademantel. Er hat kein Wort gesagt. Ein Ehrenmann.',
  ),
  de(
    'Wie lange dauert bei Kobaltfon eine Rufnummernmitnahme wirklich? Angekündigt war ein Tag, heute ist Tag {klein}.',
    ['Bei mir drei. Ruf nicht an, schreib, dann geht es schneller.'],
    ['Habe geschrieben. Ich berichte.'],
  ),
  de(
    'In {stadt} hängt ein Plakat: „Kobaltfon. Einfach da.“ Direkt darunter: kein Empfang. Foto folgt, sobald ich Netz habe.',
  ),
  de('@kobaltfon.test Ihre App sagt „Bitte später versuchen“. Seit {tag}. Wie spät ist später?'),
  de(
    'Bin von {stadt} nach {stadt} gezogen und der Anschluss von Kobaltfon war vor den Möbeln da. Ich bin verwirrt und glücklich.',
  ),
  de('Kündigung bei Kobaltfon per Knopf auf der Seite: {klein} Minuten. Das Gesetz wirkt.', [
    'Und dann kommt der Rückgewinnungsanruf. Stell dich auf Rabatte ein.',
  ]),
  de(
    '@kobaltfon.test Kann man die Kobaltbox auch an die Wand hängen? Die Katze liegt sonst drauf, weil sie warm ist.',
    ['Zwei Schrauben, 18 Zentimeter Abstand. Die Katze findet trotzdem einen Weg.'],
    ['Die Katze hat mitgelesen und ist empört.'],
  ),
  de('Seit {tag} bei Kobaltfon nur noch die Ansage „Alle Leitungen sind belegt“. Bei einer Telefonfirma.'),
  de(
    'Hat in {stadt} noch jemand seit heute früh Aussetzer beim Telefonieren über Kobaltfon? Jeder zweite Satz fehlt.',
    ['Ja, hier auch. Dachte schon, meine Schwester macht Kunstpausen.', 'In {stadt} alles gut.'],
  ),
  de('Kobaltfon wirbt mit „Familientarif“. Wir sind {klein} Leute. Der Tarif gilt bis vier. Wen geben wir weg?'),
  de(
    'Ich habe bei Kobaltfon gerade mit einem Menschen gesprochen, der zugehört, verstanden und gelöst hat. Ich hätte gern ein Zertifikat, dass das passiert ist.',
  ),
  de(
    'Auslandseinsatz der Kobaltfon-SIM: In {land} ging alles, zurück an der Grenze nichts mehr. Vielleicht wollte sie bleiben. @kobaltfon.test',
    ['Flugmodus an, aus, dann Netzwahl von Hand. Hat bei mir geholfen.'],
    ['Netzwahl von Hand war es. Danke!'],
  ),
  de(
    'Frage an die Runde: Kobalt Glasklar 250 oder doch beim alten Anbieter bleiben? In {stadt}, Altbau, {klein} Etagen.',
    ['Frag zuerst, wo die Dose im Haus ist. Im Altbau entscheidet das alles.'],
  ),
  de(
    'Mahngebühr von Kobaltfon: {betrag} Euro. Für eine Rechnung, die an meine alte Adresse ging. @kobaltfon.test, das sehe ich nicht ein.',
  ),
  de(
    'Gerade gelernt: Die Kobaltbox hat einen Gastzugang mit eigenem Namen. Unserer heißt jetzt „Schuhe ausziehen bitte“.',
  ),
  de(
    '@kobaltfon.test Der Verteilerkasten in der {strasse} in {stadt} steht seit Wochen offen. Da wohnt inzwischen eine Amsel.',
    ['Bitte erst schließen, wenn die Amsel umgezogen ist.'],
  ),
  de(
    'Speedtest {stadt}, Kobaltfon 5G: {gross} Mbit. Speedtest daheim, Kobaltfon Kabel: {zahl} Mbit. Ich ziehe auf den Parkplatz.',
  ),
  de('Meine Schwiegermutter hat der Kobaltbox einen Namen gegeben. Sie heißt {name}. Sie wird jetzt abends gegrüßt.'),
  de(
    'Nach {klein} Jahren Kobaltfon: heute zum ersten Mal die Hotline gebraucht. Wartezeit {klein} Minuten, Problem weg. So darf es bleiben.',
  ),
  de(
    'Rückruf von Kobaltfon versprochen für {tag}. Jetzt ist {tag} vorbei. @kobaltfon.test, ich sitze hier wie ein Teenager am Telefon.',
  ),
  de('Irgendwer hat in unserem Haus das WLAN „Kobaltfon ist schuld“ genannt. Ich war es nicht. Aber ich hätte gern.'),
  en('Kobaltfon sent me {klein} SIM cards. I ordered one. Is this how they grow their network? @kobaltfon.test', [
    'Same, I got two. The second one works better.',
  ]),
  en('Asked Kobaltfon for my contract in English. Got a beautiful PDF. In German. Titled "English". @kobaltfon.test'),
  en('Kobaltfon fibre went live in {stadt} today. {gross} down, {zahl} up, and the installer complimented my plants.'),
  en('Dear Kobaltfon hold music composer: who hurt you?', ['It is the second bridge that gets me.']),
  en('@kobaltfon.test my number port from Ireland is stuck on "pending" since {tag}. Who do I talk to?'),
]

export const outdoorSituations: Situation[] = [
  nl(
    'Steenvlerk Noorder na {klein} uur motregen op {plek}: nog droog. Ik zelf: minder, want vergeten dicht te ritsen.',
  ),
  nl(
    '@steenvlerk.test mijn bestelling staat al sinds {dag} op "wordt ingepakt". Pakken jullie hem in met vloeipapier?',
    ['Bij mij duurde het ook een week, toen lag hij er ineens.'],
    ['Hij is er! Zonder vloeipapier.'],
  ),
  nl(
    'Iemand tips om een Steenvlerk-rugzak te wassen? Hij ruikt naar {geur} en dat gaat niet meer over.',
    ['In bad, lauw water, groene zeep, twee dagen drogen. En niet in de machine.'],
    ['Gedaan. Ruikt nu naar {geur} én zeep.'],
  ),
  nl(
    'Tent opgezet op {plek}, wind {klein} Bft. De Steenvlerk staat als een huis. Mijn pannenkoek is onderweg naar Duitsland.',
  ),
  nl(
    'Vraagje: wat is het verschil tussen de Drift 28 en de Drift 38, behalve tien liter en {preis} euro? @steenvlerk.test',
    ['Het heupsysteem. De 28 is voor dagtochten met haast.'],
  ),
  nl(
    'De reparateur van Steenvlerk heeft op mijn jas een lapje in de vorm van een {dier} gezet. Gratis. Ik huil een beetje.',
  ),
  nl('Steenvlerk-schoenen na {zahl} km: profiel weg, liefde gebleven. Kunnen ze verzoold worden? @steenvlerk.test', [
    'Strandlopers wel, de lichte modellen niet. Kost een paar tientjes.',
  ]),
  nl('{dag} op {plek}: drie keer dezelfde Steenvlerk-jas tegengekomen, drie keer allebei gedaan alsof je niks zag.'),
  nl(
    'Heb ik nu serieus {preis} euro voor een muts van Felsdohle betaald? Ja. Is hij warm? Ook ja. Zeg het niet tegen thuis.',
  ),
  nl(
    'Ritssluiting van de Kiekendief hapert na één nacht zand op {plek}. Kaarsvet of niet? @steenvlerk.test',
    ['Potlood. Grafiet, geen vet, anders plakt het zand.'],
    ['Potlood werkt! Wie bedenkt zoiets.'],
  ),
  nl(
    'Steenvlerk heeft de groene weer op voorraad en ik heb mezelf beloofd dat ik dit jaar niks meer koop. Het is {dag}. Ik hou het nog even vol.',
  ),
  nl(
    '@steenvlerk.test de handleiding van de kookset is in zes talen en in geen enkele staat hoe je de pan weer in de pan krijgt.',
  ),
  nl(
    'Met mijn {verwant} gaan kamperen in de Steenvlerk. Zij sliep. Ik hield de tent vast. Achteraf bleek dat niet nodig.',
  ),
  nl('Waarom maakt niemand een rugzak met een vak voor een thermosfles van een liter? Steenvlerk, jullie kunnen het.', [
    'Zijvak van de Drift past precies een liter. Net geprobeerd.',
  ]),
  de('Steenvlerk Drift auf {berg}: sitzt, schwitzt, knarzt nicht mehr. Nach {zahl} Kilometern sind wir Freunde.'),
  de(
    '@steenvlerk.test Gibt es die Noorder auch mit längeren Armen? Bin {gross2} cm und friere ab dem Handgelenk.',
    ['Schau nach „Long“, das ist im Filter versteckt.'],
    ['Gefunden, bestellt, danke!'],
  ),
  de(
    'Steenvlerk-Reparatur nach {klein} Tagen zurück. Mit Zettel. Handschriftlich. In welchem Jahrhundert arbeiten die? Bitte bleibt da.',
  ),
  de('Kann jemand sagen, ob der Steenvlerk-Kocher in {land} ins Handgepäck darf? Ohne Kartusche, versteht sich.', [
    'Kommt auf die Kontrolle an. Ich habe ihn immer geputzt und obenauf gelegt.',
  ]),
  de(
    'Regen auf {berg}, {klein} Stunden. Trocken: Rucksack. Nass: der Mensch darunter. Danke, Steenvlerk, aber wir müssen über Prioritäten reden.',
  ),
  de('Mein Steenvlerk-Zelt riecht nach {geruch}. Wer hat einen Rat, der nicht „neues Zelt“ heißt?', [
    'Zwei Tage in die Sonne, innen nach außen. Bei mir war danach Ruhe.',
  ]),
  de('Felsdohle Grat 30, neuer Schnitt: Wer hat ihn schon probiert? Für {berg} am Wochenende.', [
    'Sitzt höher als der alte. Bei kurzem Rücken anprobieren.',
    'Ich würde den Steenvlerk nehmen, aber ich bin befangen.',
  ]),
  de('@felsdohle.test Bestellung vom {tag}, Status „in Klärung“. Was wird denn da geklärt?'),
  de(
    'Felsdohle Karst gewaschen, imprägniert, getrocknet, gebetet. Perlt wieder. {klein} Wochen, dann sehen wir weiter.',
  ),
  de(
    'Auf {berg} hat mir ein Fremder seinen Felsdohle-Handschuh geliehen. Nur einen. Wir waren ein sehr symmetrisches Problem.',
  ),
  de('Ehrliche Frage: Merkt man beim Rucksack den Unterschied zwischen {preis} und 190 Euro? Felsdohle-Träger vor.', [
    'Nach acht Stunden ja. Nach zwei Stunden nein.',
  ]),
  de(
    '@felsdohle.test Der Schnürsenkel an meinem linken Schuh ist {klein} Zentimeter kürzer als der rechte. Ab Werk. Ich messe sonst nicht nach.',
  ),
  en('Steenvlerk tent, {klein} nights, one badger. The badger won, the tent survived.'),
  en(
    '@steenvlerk.test do you ship spare poles to {land}? Asking for a friend who is me.',
    ['They do, but order by mail, the shop page hides it.'],
    ['Mailed. Answer in an hour. Wow.'],
  ),
  en('Washed my Steenvlerk jacket with a {ding} in the pocket. Both came out cleaner. Only one still works.'),
  en('Overheard on the ridge: "is that a Steenvlerk?" in the tone people use for dogs.'),
  en('Felsdohle boots, {zahl} miles in: soles fine, laces fine, me limping. It is not you, Felsdohle, it is my knees.'),
  en(
    'Hot take: the Steenvlerk Drift lid pocket is {klein} centimetres too small for a sandwich and that is a design crime. @steenvlerk.test',
  ),
]

export const otherSituations: Situation[] = [
  de('{tag}, und der Tag hat schon {klein} Besprechungen. Ich melde mich, wenn ich wieder denken kann.'),
  de('In {stadt} gibt es jetzt einen Automaten für {ding2}. Die Zukunft ist da, und sie nimmt nur Münzen.'),
  de(
    'Nachbar übt Trompete. Seit {klein} Wochen dasselbe Lied. Heute hat er den letzten Ton getroffen. Ich habe geklatscht.',
  ),
  de('Wer hat den Brauch erfunden, dass man {tag} noch schnell einkaufen geht? Und warum machen alle mit?'),
  de('Kurzer Gruß aus {stadt}: Nebel, Kaffee, {klein} Krähen auf dem Dach, alle mit Meinung.'),
  nl('Mijn {verwant} heeft het woord "even" verboden in huis. Het duurt nu allemaal even lang als het duurt.'),
  nl('{dag}: regen. Morgen: regen. Overmorgen: "kans op opklaringen", zegt de man die gisteren ook al loog.'),
  nl('Op {plek} een {dier} gezien. Hij keek alsof ik de huur niet betaald had.'),
  en('It is {klein} in the morning and I have opinions about fonts.'),
  en('Baked bread. It is more of a statement than a bread.'),
  de('Im Wartezimmer liegt eine Zeitschrift von {jahr}. Ich weiß jetzt, was damals modern war. Ich trage es noch.'),
  de('Mein {verwandt} hat einen Sauerteig namens {name}. Er spricht mit ihm. Mit mir weniger.'),
  de('Wer {tag} den Laubbläser erfunden hat, möge heute früh um sieben neben einem wohnen.'),
  de('Habe {klein} Stunden nach meiner Brille gesucht. Sie war auf. Bitte behandelt mich ab jetzt mit Nachsicht.'),
  nl('Fietsband lek, reserveband lek, humeur lek. Wie heeft er plaksel in de buurt van {plek}?'),
  nl('De {dier} in de achtertuin is terug. Hij heeft nu ook een vriendin. Ik voel me derde wiel in eigen huis.'),
  nl('Wie koken kan, kan ook afwassen, zegt mijn {verwant}. Wie praten kan, kan ook zwijgen, denk ik.'),
  en(
    'The {land} postcard I sent in spring arrived today. It says "see you soon". I have seen them {klein} times since.',
  ),
  en('New rule: no meeting before the second coffee, no second coffee before {klein} pages.'),
  en('Left my {ding} on the bus. The bus driver drove back. Some days the world is fine.'),
  en('Every {tag} I plan to go to bed early and every {tag} I learn something about medieval drains instead.'),
]
