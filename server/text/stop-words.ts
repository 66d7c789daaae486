/** Words that hold sentences together, and the small change of networks: they tell nothing about what is spoken of. */
const LISTS: Record<string, string> = {
  en: `a about above after again against ain all almost already also although always am among an and another any anybody anymore anyone
    anything anyway are aren arent around as ask at away back be became because become been before behind being below best better between both but by
    came can cannot cant come comes could couldn couldnt d did didn didnt do does doesn doesnt doing don done dont down during each either else
    enough even ever every everyone everything few for found from full further gave get gets getting give gives go goes going gone gonna good got gotta gotten great had
    hadn hadnt has hasn hasnt have haven havent having he hello hence her here hers herself hey hi him himself his how however i id if ill im in
    instead into is isn isnt it its itself ive just keep keeps kept know last least less let lets like ll long look looking lot lots love m made
    make makes making many may maybe me mean might mine more most much must my myself need needs never new next nice no nobody none nor not nothing now
    of off ok okay on once one ones only onto or other others our ours ourselves out over own per perhaps please pls plz put quite r rather
    re really right s said same saw say saying says see seem seems seen several shall she should shouldn shouldnt since so some somebody someone something
    sometimes still such sure t take taken takes taking tell than thank thanks thankyou thanx that thats the their theirs them themselves then there theres these they
    theyre theyve thing things think this those though through thru thx til till to today told tomorrow tonight too took tried try trying two three u um under
    until up upon ur us use used using ve very via want wanted wants was wasn wasnt way we well went were weren werent weve what whats
    whatever when where whether which while who whole whom whose why will with within without won wont would wouldn wouldnt y yah yeah yep yes yesterday yet you youd youll
    your youre yours yourself youve lol omg wow oh ah ha haha amp rt ff dm gt lt http https www guys guy day days time times week month year first actually`,
  de: `ab aber ach alle allem allen aller alles als also am an andere anderen anderer anderes auch auf aus bei beim bereits bin bis bisher bist bitte da
    dabei dafur dagegen daher damit danach dann danke daran darauf daraus darf darum das dass dein deine deinem deinen deiner dem den denen denn der
    deren des deshalb dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch eben echt eher eigentlich ein eine einem einen einer eines einfach einige
    einmal endlich er erst es etwas euch euer eure eurem euren eurer finde fur ganz gar geben gegen geht gehabt gemacht genau gerade gern gerne gibt ging gut gute guten habe haben habt hab
    hallo hast hat hatte hatten hatten heute hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in ins ist ja jede jedem jeden jeder jedes
    jetzt jemand kann kannst kein keine keinem keinen keiner komme kommen kommt konnen konnt konnte konnten konnte lassen leider lieber liebe machen macht mal man manche mehr mein meine meinem
    meinen meiner meist mich mir mit mochte morgen muss mussen musste nach nachdem naja ne nein neu neue neuen nicht nichts nie niemand noch nun nur ob oder ohne per sagen sagt schon
    sehr sei seid sein seine seinem seinen seiner seit selbst sich sicher sie sind so sobald sollte sollen soll solche sondern sonst sowie statt tag trotz tun
    uber um und uns unser unsere unserem unseren unserer unter vielleicht viel viele vom von vor wahrend war ware waren warum was weg wegen weil weiter welche welchem welchen welcher wenn wer
    werde werden wie wieder will wir wird wirklich wo wohl wollen wollte worden wurde wurden zu zum zur zwar zwischen gestern mfg lg vllt eh halt`,
  nl: `aan achter af al alle alleen alles als altijd ander andere anders ben bent beetje bij bijna binnen boven daar daarom dag dan dank dankje dat de deed deze die
    dit doe doen doet door dus echt een eens eerst eigenlijk elke en er erg even gaan gaat ga gedaan geen gehad geweest gewoon ging goed goede graag had hadden hallo heb hebben hebt heeft heel hem
    het hier hij hoe hoor iemand iets ik in is ja je jij jou jouw jullie kan kun kunnen kunt komen komt kon laat maar maak maakt maken me
    meer mee meest men met mij mijn misschien moest moet moeten mogen morgen na naar nee net niemand niet niets niks nieuw nieuwe nog nou nu of om omdat ondanks onder
    ons onze ook op over pas per plaats sinds soms steeds te tegen ten ter terug tijdens toch toen tot tussen u uit uw van vandaag gisteren vaak veel
    verder via vind volgens voor vooral waar waarom wanneer want waren was wat we weer weet weg wel welke wie wij wil willen word worden wordt zal ze
    zeer zeg zeggen zei zelf zich zien zij zijn zo zoals zonder zou zouden zullen groetjes groet gr`,
  es: `a al algo ahora asi aun aqui ante antes aunque bien cada como con contra cual cuando de del desde donde dos el ella ellos en entre era es esa ese eso
    esta estan estas este esto estoy fue gracias ha hace hacer han hasta hay he hola la las le les lo los mas me mi mis mucho muy nada ni no nos o os otra
    otro para pero por porque puede puedo que quien se ser si sin sobre solo son soy su sus tambien te tengo tiene todo todos tu tus un una uno unos y ya yo`,
  fr: `a ai ainsi alors apres au aussi autre aux avait avec avez avoir bien bon bonjour c ca ce cela ces cest cet cette chez comme comment d dans de depuis des deux donc du elle en encore
    est et etait ete etes etre eu faire fait il ils j jai je jour jusqu l la le les leur lui m ma mais me meme merci mes moi mon n ne ni nos notre nous on ont ou par
    pas peu peut plus pour pourquoi pouvez qu quand que quel quelle qui quoi rien s sa sans se ses si son sont sous sur svp ta te tes toi ton tous tout tres tu un une vais vos votre vous y`,
}

const stopWords = new Set(Object.values(LISTS).flatMap((list) => list.split(/\s+/)))

/** By the folded word. One list for all languages: posts mix them, and a false one costs a word, not a topic. */
export const isStopWord = (folded: string): boolean => stopWords.has(folded)
