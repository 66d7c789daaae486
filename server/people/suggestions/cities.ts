/**
 * Cities that people name in what they say of themselves, by all the names they use. A bio that names exactly one of them
 * says where its owner lives, often enough to weigh; one that names two says nothing.
 */
const CITIES = `
berlin|hamburg|münchen muenchen munich|köln koeln cologne|frankfurt|stuttgart|düsseldorf duesseldorf|leipzig|dortmund|essen
bremen|dresden|hannover hanover|nürnberg nuernberg nuremberg|duisburg|bochum|wuppertal|bielefeld|bonn|münster muenster
mannheim|karlsruhe|augsburg|wiesbaden|mönchengladbach|gelsenkirchen|aachen|braunschweig|chemnitz|kiel|magdeburg|freiburg
krefeld|mainz|lübeck luebeck|erfurt|oberhausen|rostock|kassel|hagen|potsdam|saarbrücken saarbruecken|hamm|ludwigshafen
oldenburg|mülheim|osnabrück osnabrueck|leverkusen|heidelberg|darmstadt|solingen|herne|regensburg|paderborn|ingolstadt
offenbach|würzburg wuerzburg|fürth fuerth|ulm|heilbronn|pforzheim|wolfsburg|göttingen goettingen|bottrop|reutlingen|koblenz
bremerhaven|recklinghausen|erlangen|jena|remscheid|trier|salzgitter|moers|siegen|hildesheim|cottbus|gütersloh|kaiserslautern
schwerin|witten|gera|iserlohn|flensburg|konstanz|bamberg|bayreuth|tübingen tuebingen|marburg|giessen gießen|fulda|passau
kempten|rosenheim|ravensburg|emden|wilhelmshaven|lüneburg lueneburg|celle|stralsund|greifswald|weimar|zwickau|görlitz
wien vienna|graz|linz|salzburg|innsbruck|klagenfurt|villach|bregenz|zürich zuerich zurich|genf genève geneva|basel|bern
lausanne|winterthur|luzern|amsterdam|rotterdam|utrecht|eindhoven|groningen|tilburg|almere|breda|nijmegen|apeldoorn|haarlem
arnhem|enschede|amersfoort|zaandam|hertogenbosch|zwolle|leiden|maastricht|dordrecht|zoetermeer|deventer|delft|alkmaar
leeuwarden|emmen|venlo|assen|hilversum|middelburg|roermond|antwerpen antwerp|gent ghent|brugge bruges|brussel brussels
leuven|mechelen|hasselt|kortrijk|oostende|london|birmingham|manchester|glasgow|liverpool|leeds|sheffield|edinburgh|bristol
cardiff|leicester|coventry|belfast|nottingham|newcastle|southampton|portsmouth|brighton|plymouth|reading|york|oxford
cambridge|exeter|norwich|aberdeen|dundee|swansea|dublin|cork|limerick|galway|paris|lyon|marseille|strasbourg straßburg
madrid|barcelona|roma rome rom|milano milan mailand|praha prague prag|warszawa warsaw warschau|kraków krakow krakau
københavn copenhagen kopenhagen|stockholm|oslo|helsinki|oulu|budapest|lisboa lisbon lissabon`

const BY_NAME: ReadonlyMap<string, string> = new Map(
  CITIES.trim()
    .split(/[|\n]/)
    .flatMap((entry) => {
      const names = entry.trim().split(' ')
      return names.map((name): [string, string] => [name, names[0] as string])
    }),
)

/** Also ordinary words: they are cities only where they are written as one. */
const ORDINARY_WORDS = new Set([
  'essen',
  'hamm',
  'ulm',
  'reading',
  'york',
  'rom',
  'cork',
  'leiden',
  'hagen',
  'witten',
  'celle',
])
const WORDS_MAX = 300

/** The one city that a text names; null where it names none or several. */
export function cityIn(text: string | null): string | null {
  const found = new Set<string>()
  for (const word of (text ?? '').match(/\p{L}+/gu)?.slice(0, WORDS_MAX) ?? []) {
    const folded = word.toLowerCase()
    const city = BY_NAME.get(folded)
    if (city && (!ORDINARY_WORDS.has(folded) || /^\p{Lu}/u.test(word))) found.add(city)
  }
  const [city] = found
  return found.size === 1 && city !== undefined ? city : null
}
