/**
 * Insults, slurs and obscene abuse in seven languages, written for Rapport; how they are read: phrases.ts. Left out are mild
 * swearing (damn, shit, Scheiße, merde) and words with a harmless meaning in any of the seven: "retard" is a delay in French,
 * "con" means with in Italian and Spanish, "FDP" is a party and "dick" is thick in German.
 */
export const OFFENSIVE_WORDS = `
fuck|fucking|fuckin|fucked|fucker|fuckers|fuk|fking|fuckboy|fuckface|fuckhead|clusterfuck|dumbfuck|fcking
motherfucker|motherfuckers|motherfucking|mothafucka|muthafucka|mofo
stfu|gtfo|kys
cunt|cunts|twat|twats|wanker|wankers|bellend|knobhead|dickhead|dickheads|dipshit|shithead|shitbag|douchebag|douchebags|scumbag|scumbags
asshole|assholes|arsehole|arseholes|jackass|dumbass|dumbasses|asswipe|asshat
bitch|bitches|biatch|bitchass|whore|whores|slut|sluts|slutty|thot
nigger|niggers|nigga|niggas|nigguh|niggah
faggot|faggots|faggy|dyke|dykes|tranny|trannies|shemale
retarded|retards|spastic|spaz|mongoloid
kikes|chink|chinks|gook|gooks|wetback|wetbacks|raghead|ragheads|towelhead|towelheads|paki|pakis
you retard|idiot|moron|imbecile|pig|pigs|scum|cretin
fucking idiot|idiots|moron|morons
bunch of idiots|morons|imbeciles
piece of shit
pieces of shit
suck my dick|cock|balls
go to hell
kill yourself
arschloch|arschlöcher|arschlocher|arschgeige|arschgesicht|arschgeigen|hure|drecksau|dreckschwein|drecksack|dreckskerl|saftsack
wichser|wichsern|hurensohn|hurensöhne|hurensohne|hurensöhnen|nutte|nutten|schlampe|schlampen|fotze|fotzen|missgeburt|missgeburten|bastard|bastarde|bastards
ficker|fickt|ficken|gefickt|verfickt|verfickte|verfickten|verfickter|verficktes
fick|fickt dich|euch
vollidiot|vollidioten|vollpfosten|volltrottel|vollspast|vollhonk|spast|spasti|spasten|spacko|spako|schwachkopf|hohlkopf|dummkopf|schwachmat|schwachmaten
idiot|idioten|trottel|depp|deppen|penner|pisser|pissnelke|kackbratze|sackgesicht|dumpfbacke|miststück|dreckstück|drecksstück|scheisskerl|scheißkerl|vollarsch
kanake|kanaken|kanacke|neger|negern|negers|bimbo|bimbos|schwuchtel|schwuchteln|zigeunerpack|judensau|judenpack|kümmeltürke|untermensch|untermenschen
leck mich am arsch
halt|haltet die|deine|eure fresse|schnauze|maul
halts|halt's maul
schnauze halten
dumme|blöde|dämliche|fette|alte sau|kuh|schlampe|fotze|hure|nutte|gans|schwein|säue
klootzak|klootzakken|kutwijf|kutwijven|teringlijer|teringlijers|tyfuslijer|kankerlijer|kankerlijers|kankerhoer|kankerhond|kankeraap|tering|hoer|hoeren|hoerenjong|hoerenzoon
lul|eikel|mongool|debiel|debielen|idioot|idioten|sukkel|sukkels|mafkees|mafketel|flikker|flikkers|kankerhomo|kutmarokkaan|kutmarokkanen|nikker|nikkers|neuken|slet|sletten|trut|trutten|klojo|randdebiel|smeerlap|rotzak|zakkenwasser
flikker|rot|sodemieter op
hou|houd je|jullie bek|kop|muil|smoel
krijg de|toch kanker|tering|tyfus|pest|klere
rot op
connard|connards|connasse|connasses|conard|conards|conasse|salope|salopes|salopard|salopards|enculé|enculés|encule|enculer|enculee|putes|pétasse|pétasses|pouffiasse|trouduc|batard|bâtard|bâtards|ntm|abruti|abrutis|abrutie|crétin|crétins|crétine|tapette|pédé|pédés|tarlouze|bougnoule|bougnoules|négros|youpin|youpins|niquer|nique
fils de pute|chien
ta gueule
ferme|fermez ta|vos gueule|gueules
va te faire foutre|enculer|voir
allez vous faire foutre|enculer
gros|grosse|sale|pauvre con|conne|merde|race|type|connard
bande de cons|connards|abrutis|nazes|salopards
quel|quelle|quels con|conne|cons
sale con|conne|arabe|arabes|juif|juifs|noir|pd
stronzo|stronzi|stronza|stronze|coglione|coglioni|cogliona|testadicazzo|bastardo|bastardi|bastarda|puttana|puttane|zoccola|zoccole|mignotta|mignotte|vaffanculo|fanculo|vaffa|affanculo|rottinculo|figliodiputtana|pezzodimerda|minchione|minchioni|imbecille|imbecilli|cretino|cretini|cretina|idiota|idioti|scemo|scemi|ritardato|ritardati|mongoloide|mongoloidi|terrone|terroni|frocio|froci|ricchione|ricchioni|culattone|culattoni
pezzo|pezzi di merda
figlio|figli di puttana|troia|mignotta
testa|teste di cazzo|minchia
faccia|facce di merda|culo
andate|vai|va a cagare|fare fanculo|in|cagare|culo
brutto|brutta|brutti stronzo|stronza|bastardo|figlio|merda
puta|putas|puto|putos|hijoputa|hijoputas|hijueputa|hdp|cabrón|cabrona|cabrones|cabronazo|gilipollas|gilipolla|gilipuertas|mamón|mamones|mamona|zorra|zorras|guarra|guarras|maricón|maricones|marica|maricas|subnormal|subnormales|imbécil|imbéciles|idiota|idiotas|estúpido|estúpida|estúpidos|retrasado|retrasados|mongólicos|pendejo|pendejos|pendeja|sudaca|sudacas|bollera|bolleras|capullo|capullos|malnacido|malnacidos|desgraciado|desgraciados
hijo|hija|hijos de puta|perra|putas
la puta madre
que te jodan|den|follen
vete|iros|idos a la|tomar mierda|por
me cago en
caralho|caralhos|filhodaputa|buceta|bucetas|arrombado|arrombados|arrombada|viado|viados|veado|viadinho|cuzão|cuzao|cuzona|otário|otários|otaria|babaca|babacas|escroto|escrotos|vagabunda|vagabundas|vadia|vadias|retardado|retardados|retardada|foder|fodase|fodida|fodido|fudido|pqp|vsf|vtnc|tnc|boceta|merdoso
filho|filha|filhos da|de puta|mãe
vai|vão|vá tomar|se|te no|foder|fuder
puta que pariu
seu|sua idiota|imbecil|merda|burro|burra|lixo|babaca
`
