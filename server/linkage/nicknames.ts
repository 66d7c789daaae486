/**
 * Forms of one given name in German, Dutch and English, written down for this purpose. A line is one name; a form may stand
 * in several lines (Alex, Chris, Jan, Toni), and two forms meet when they share a line. Folded spelling.
 */
const LINES = `
albert al bert bertie berti
alexander alex lex sander sascha xander alexandre aleksander sandy
alexandra alex lexi sandra sandy sascha xandra alessandra
alfred alf fred freddy fredi
andreas andi andy andre andrea anders dries andries andrew drew
angelika angela angie geli angelica
anna anne annie anni ann anke antje anneke anja annika hanna hannah nan nancy anouk annette
antonius anton toni tony ton toon antoon anthony antonio
antonia toni tonia antonie
arnold arno nold arnd arne
augustus august gus guus gustl
barbara babs barb barbie babsi bärbel baerbel
bartholomäus bart barth bartholomew
benjamin ben benny benni benno
bernhard bernd bernie bernard berni ben barnd
birgit gitta biggi brigitte gitte bridget
carolina carola caro carolin caroline karoline karolin lina line carrie carol
catharina katharina kathrin katrin katja kati kathi käthe kaethe trine tine cathrin kate katie kathy cathy catherine katherine kathleen karin katrien trijn kitty rina nina
charles charlie chuck chas karl carl karel carel kalle
charlotte lotte lotti charly charlie lotta
christian chris christiaan kristian krischan
christina christine tina tine chris chrissie christel kristin kristina kirsten stina christiane
christoph chris christopher christoffel stoffel kris toph christof
claudia claudi klaudia
cornelia nelly neele nele corrie conny cora
cornelius cor kees cornelis corneel niels conny nelis
daniel dan danny dani
daniela dani danielle danny
david dave davy davey
deborah deb debbie debora debby
dietrich dieter dirk diederik derek rick derk
dominik dominic dominicus nik nick
donald don donnie
dorothea dora doro dorothee thea dorothy dot dorit
eduard edward ed eddie eddy edi ted teddy ned edouard
eleonore elena ellen nora lore eleanor ella nell leonore
elisabeth elizabeth elsbeth lisa liesbeth lies elise else elli ellie liz lizzy lizzie beth betty bettina sissi lisbeth lisette elly libby elke betsy eliza ilse
emilia emily emmy emmi milla mila emma
erich eric erik rick
ernst ernest ernie
eugen eugene gene
eva evi eve evelyn evelien
felix lix
ferdinand ferdi fred nand
florian flo flori floris
frances franziska francisca fran franzi francis frankie fanny cisca sissy ziska
franz frans francis frank franciscus frenk frankie
frederik friedrich frederick fred freddy frits fritz fredi rik fiete frederic
gabriele gabi gabriela gaby gabrielle
georg george jörg joerg jürgen juergen joris schorsch jurgen sjors
gerhard gerd gerard gert gerrit geert gerald gerry
gertrud gerda trude gertrude truus trudy geertje
gottfried godfrey friedel
gregor gregory greg gregorius grischa
günter guenter günther guenther guntram gunter
hans johannes johann jan john jo hannes jens hansi jack johnny johan jonny jon henne sean juan giovanni ivan iwan ioannis
heinrich heinz hein henry hank hendrik henk henrik heini rik harry hinnerk henri
helena helene lena leni helen nell lene ellen helle
helmut helmuth hellmut
herbert bert herb
hermann herman harm manni
hildegard hilde hilda hilly
hieronymus jerome jeroen
hubert bert huub hubertus huib
ignatius ignaz naz nacho ignacio
ines agnes agnete
ingeborg inge inga ingrid inka
irene reni irina
isabella isabel isa bella isabelle ella belle
jacqueline jacky jackie
jakob jacob jaap jake cobus koos james jim jimmy jimmie jacques jakub jamie
jennifer jen jenny jennie jenni
jessica jess jessie
joachim jochen achim jochem jo jockel
johanna hanna hanne joke jo jeanne joan joanna jana
jonathan jon jonny nathan
josef joseph joe joey jos sepp jo jupp pepe jef joep jozef giuseppe
josefine josephine josie fine finja josefa jo
joshua josh
julia jule juli julie jules juliane juliana
julius jules juul
justus joost just
kenneth ken kenny
konrad conrad kurt coen koen conny
konstantin constantin konni kosta costa
kunigunde gunda kuni
larissa lara
laurentius lorenz laurens lars lawrence larry lauritz renz
leonhard leo leon leonard leonardus lenny len hardy leonardo
leopold leo poldi
ludwig lutz louis lodewijk luis luigi lewis lou lodewig luuk
luise louise lou marieluise louisa lulu
magdalena lena magda leni madeleine maddalena lenchen
manfred manni fred mani
manuel manu emanuel immanuel manny
manuela manu ela emanuela
margarete margarethe margaretha margaret margriet grete greta gretchen rita meg maggie peggy marga margit margot griet greet gitta meike maike daisy madge margareta
maria marie mary mia miriam mieke ria marijke marieke maja mareike mitzi molly polly marita mimi marion moritza maaike
mark marc marcus markus marco marko
martha marta patty
martin maarten marten marty merten tinus
martina tina martine
matthias matthäus matthew matt mats matze thijs matthijs hias mattias mathias mathis tijs ties mathew
maximilian max maxi maxim maximiliaan
melanie mel melly
michael mike mick mickey micha michi michel michiel mischa misha mikael michal miguel mikkel
michaela michi ela micha mia
moritz maurits maurice morris mo mauritz
natalie natascha nat natalia nathalie
nikolaus klaus nick nico niko claus nicolaas klaas niklas nicholas nicolas nils niels niclas nicky clas colin
nicole nicky nikki coco nicola
norbert nobbi bert nob
olivia liv livia ollie
oliver olli ollie olivier
oswald ossi waldi
otto ödön udo odo
pamela pam pammy
patricia pat patty trish tricia patrizia patti
patrick pat paddy patrik pady
paul paulus pauli pavel pablo poul
paula pauline paulina pauli
peter pete piet pieter petrus pit pierre petr pedro per peer
petra peti petronella nelly pietje nel
philipp philip phil flip lippe filip philippe felipe
rainer reiner reinhard reinhold hardy reinier rein raoul
ralf ralph rolf raoul rudolf
raymond ray raimund
rebecca becky bec rebekka becca beck
regina gina regine ina
renate nate reni rena
richard rick dick rich ricky rik richie rikard riccardo
robert rob bob bobby robin bert robbie robby rupert bobbie
roland rolly rolle roeland
ronald ron ronnie ronny ronaldo
rosa rose rosie roos rosemarie rosi röschen rosemary
rudolf rudi rudy rolf ruud roel rudolph
sabine bine sabina biene sabrina
samuel sam sammy samu
sara sarah sally sadie
sebastian basti seb bas wastl sebastiaan bastian bastiaan
siegfried sigi siggi sjef sigfried
silvia sylvia silvie silke sylvie
simon siem simeon
sofia sofie sophie sophia fie fieke
stefan stephan steffen stef steve steven stephen stefano steef esteban stevie
stefanie stephanie steffi steph stefania fanny
susanne susanna suse susi sanne suzanne susan sue susie suzan
sven swen
theodor theo ted teddy theodore dorus teo fedor
theresa teresa resi thea therese tess terry treesje thérèse reza
thomas tom tommy tommi tomas thom tomi
timotheus tim timo timothy timmy
tobias tobi toby
ulrich uli ulli utz
ulrike uli ulla rike ulrika
ursula ulla uschi ursel orsolya ursi
valentin valentijn tijn val
vanessa nessa nessi
veronika vera vroni ronja veronica ronnie
viktor victor vic vick
viktoria victoria vicky vicki tori
vinzenz vincent vin vince vinnie cenz
volker volkmar
walter walt wouter wout waldi wally walther
werner wern warner
wilhelm willi willy wim will william bill billy willem helmut wilm liam guillaume bil
wilhelmina wilma mina minna willie mien willemijn helma minnie
wolfgang wolf wolfi
xaver xavier veri xaverl
yvonne yvette ivonne
zacharias zach zack zachary
`

const linesOf = new Map<string, readonly number[]>()
for (const [at, line] of LINES.trim().split('\n').entries()) {
  for (const form of line.split(' ')) {
    const name = form.normalize('NFD').replace(/[\u0300-\u036f]/g, '')
    linesOf.set(name, [...(linesOf.get(name) ?? []), at])
  }
}
const formsOf = LINES.trim()
  .split('\n')
  .map((line) => line.split(' '))

/** Whether two folded given names are forms of one: Robert and Bob, Johannes and Jan. */
export function areForms(a: string, b: string): boolean {
  const linesA = linesOf.get(a)
  const linesB = linesOf.get(b)
  if (!linesA || !linesB) return false
  return linesA.some((line) => linesB.includes(line))
}

/** All other forms of a folded given name; none for a name that is not listed. */
export const otherForms = (name: string): readonly string[] =>
  (linesOf.get(name) ?? []).flatMap((line) => (formsOf[line] ?? []).filter((form) => form !== name))

/** Numbers of the lines that list a folded given name: two names are forms of one when they share a line. */
export const linesOfForms = (name: string): readonly number[] => linesOf.get(name) ?? []
