/**
 * Words that praise or blame whatever they are said of, written for Rapport in seven languages; folded (lower case, no
 * accents, ß as s), a final * stands for any ending. Trained posts are few, so a word that they never show still says
 * something. "not", "nie", "jamais" … turn the words behind them.
 */
type WordsByLanguage = Record<'en' | 'de' | 'fr' | 'it' | 'es' | 'pt' | 'nl', string>

export const PRAISE_WORDS: WordsByLanguage = {
  en: `
good great best better nice love loves loved lovely loving awesome amazing* fantastic* excellent* perfect* wonderful* brilliant* beautiful*
happy happi* glad enjoy* fun funny cool thank thanks thanku thankyou thx congrat* excited exciting win wins winning winner won proud success* impress*
helpful friendly favorite favourite fav recommend* pleased pleasure delight* superb outstanding incredible gorgeous sweet yay yeah woohoo wow haha* lol
cute epic legend* blessed bless hope* smile* smiling fine fresh smooth easy reliable fast quick solved fixed appreciat* grateful kudos bravo stoked
adorable charming hilarious yummy delicious tasty celebrat* cheers welcome magnificent fabulous terrific marvellous pumped hyped thrilled hero*
stunning classy genius rock rocks rocked kind comfortable comfy interesting inspir* joy* safe peace* lucky luck hug* xoxo xx <3 ily
`,
  de: `
gut gute guter gutes guten gutem besser beste* super toll tolle* schon schone* schonst* liebe liebt lieb* geil* klasse prima genial* perfekt* wunderbar*
wunderschon* fantastisch* grossartig* hervorragend* ausgezeichnet* danke dank dankeschon freu freue* freut freude frohlich* froh glucklich* gluck gluckwunsch*
spass lecker* nett nette* freundlich* sympathisch* zufrieden* begeister* empfehl* gelungen* erfolg* gewonnen gewinn* sieg siegt lustig* cool* hammer mega
stark* spannend* interessant* sus susse* herrlich* entspannt* gemutlich* hubsch* lache lachen grins* hihi* haha* hehe* juhu* yeah yay jippie hurra bravo
respekt* glanz* traumhaft* traum hilfreich* zuverlassig* punktlich* schnell* endlich feier* feiert stolz hoffentlich hoffnung angenehm* witzig* knuffig* suess*
`,
  fr: `
bon bonne bons bonnes mieux meilleur* super genial* excellent* parfait* magnifiqu* merveill* formidabl* adore* aime aimer j'aime amour beau belle beaux bravo
merci felicit* content* heureu* joie plaisir fier fiere cool sympa* top chouette gagne* victoire* reussi* succes superbe* drole* mdr ptdr rire marrant* hate
bien interessant* encourag* recommand* agreable* efficac* propre* innov* utile* chance espoir sourire* vive youpi kiff* joli* jolie* mignon* incroyable*
`,
  it: `
buono buona buoni buone meglio miglior* ottim* bell* bellissim* bravo brava bravi bravissim* grazie felice felici felicita gioia amo ama amore adoro adora
splendid* fantastic* meraviglios* perfett* stupend* eccellent* super piace piacere piaciut* grande grandissim* complimenti auguri vinto vince vittoria
successo contento contenta orgoglios* simpatic* divertent* divertiment* ridere haha* ahah* speranza spero bene benissimo dolce dolci emozion* emozionat* evviva
interessant* util* gustos* sorriso forza viva top genial* magnific* carin*
`,
  es: `
bueno buena buenos buenas buen mejor mejores gracias feliz felices felicidad* alegr* amo amor encanta encanto encantad* genial* excelent* perfect* increible*
maravill* hermos* bonit* lind* guap* divertid* gusta gusto gustado contento contenta gran grande ganar gano ganamos victoria exito* orgull* felicit* bravo
jaja* ole viva suerte sonri* sonrisa risa bien estupend* fantastic* fabulos* espectacular* disfrut* recomiend* interesant* util ilusion abrazo* beso* crack rico rica
`,
  pt: `
bom boa bons boas melhor melhores otim* obrigad* feliz felizes felicidade alegr* amo amor amei adoro adorei lindo linda lindos lindas perfeit* maravilh* incrivel
excelent* gostei gosto gostos* legal massa show parabens sucesso orgulho vitoria ganhou ganhar divertid* fofo fofa kkk* rsrs* haha* bonit* sorte sorriso abrac*
beijo* bem bacana espetacul* fantastic* genial* rainha rei delicia saudavel esperanca querid* top sensacional amando amar
`,
  nl: `
goed goede beter best* mooi mooie mooist* leuk* fijn* geweldig* fantastisch* prachtig* heerlijk* lekker* super top perfect* prima blij* gelukkig* dank dankjewel
bedankt dankbaar hou houd liefde lief lieve trots* gaaf gave tof toffe vet gezellig* grappig* succes* gefeliciteerd winnen gewonnen tevreden enthousiast* aanrader
vriendelijk* behulpzaam* snel* handig* genieten genoten zin schitterend* uitstekend* hoera haha* feest*
`,
}
export const BLAME_WORDS: WordsByLanguage = {
  en: `
bad badly worse worst hate hates hated hating terrible terribl* awful* horrible horribl* horrid sad sadly sadness angry anger annoy* disappoint* fail fails failed
failing failure* suck sucks sucked stupid* idiot* dumb* ridiculous* pathetic* disgust* gross ugly boring bored sick sickening hurt hurts pain* cry crying cried
died dead death kill* murder* terror* attack* war wrong lie lies liar lying shit* fuck* damn crap* bitch* ass asshole* wtf omfg bullshit hell bs smh ffs
broken broke breaks down outage delay* cancel* cancell* lost lose loses losing loser* missing stuck wait waited waiting slow rude useless worthless
unacceptable poor poorly problem* issue* error* crash* bug bugs scam* fraud* steal* stole* stolen ripoff overpriced expensive waste* wasted complain* never
unfortunately sorry ugh* meh nightmare* mess messed tragic* tragedy* shame* ashamed embarrass* upset frustrat* furious tired exhaust* hungry scared scary fear*
afraid worried worry* racis* sexis* corrupt* evil threat* crisis joke clown* trash garbage rubbish nasty cruel weak hopeless alone lonely depress* miss jealous
refund* disaster* disgrace* insult* abus* illegal victim* unhappy irritat* horrend* lousy dirty dirt cheat* cheated worthless headache*
`,
  de: `
schlecht* schlimm* schlechter mies* scheis* scheiss* kacke kack* mist blod* blode* doof* dumm* hass* hasse* nerv* nervt argerlich* arger* arger sauer wut wutend*
traurig* schade leider enttausch* furchtbar* schrecklich* grauenhaft* grausam* ekel* ekelhaft* widerlich* peinlich* langweil* ode krank kranke* schmerz* weh tut
weinen weine heul* tot tote toten gestorben stirb* sterb* mord* terror* krieg* anschlag* angst* sorge* falsch* luge* lugen lugner kaputt* defekt* storung* ausfall* ausgefallen
verspat* versagt* versagen verlor* verlier* verloren verpass* problem* fehler* idiot* arsch* depp* trottel* unverschamt* frech* unfreundlich* teuer* teuer abzock*
betrug* betrog* katastroph* chaos unsinn quatsch bullshit kotz* wtf verdammt* verfluch* mull stau streik* beschwer* nie niemals unmoglich* unfassbar* lacherlich* armselig*
mude einsam* hunger frust* verzweifel* skandal* schand* schuld gefahr* opfer* kritik* warnt warnung hilflos* nazi* rassis* pegida afd hetze gewalt* mittelmassig
`,
  fr: `
mauvais* pire pires nul nulle nuls nulles horrible* terrible* affreu* deteste* hais haine triste* tristesse decu* decevant* deception honte* honteu* scandal* connard*
con conne cons merde* putain ptn chiant* chier degueu* degout* enerv* colere* marre fatigue* ennui* ennuy* malade* mal douleur* pleure* pleurer mort* morts mourir tue
tuer guerre* peur* danger* crise* echec* perdu* perdre perd panne* retard* probleme* bug erreur* menteu* menson* voleur* vole vol arnaque* cher chere inutile* ridicul* bete
idiot* stupid* imbecil* jamais malheureu* helas dommage pollu* catastroph* catastrof* inadmissibl* inaccept* grave* menac* attentat* victime* rat* ratee debil* pourri* pauvre*
`,
  it: `
brutto brutta brutti brutte peggio peggior* pessim* male odio odia odiare schifo schifos* merda* cazzo* cazzat* stronz* coglion* vergogn* vergogna* triste tristi tristezza delus* deludent*
orribil* terribil* tremend* arrabbiat* rabbia incazz* paura morte morto morti morire uccis* guerra crisi fallit* fallimento perso perde perdere sconfitt* problem* errore errori
guasto ritard* bugi* bugiard* ladri ladro rubare rubat* truff* caro inutil* ridicol* stupid* idiot* scemo scemi cretin* imbecill* purtroppo peccato mai noia noios* stanco stanca
dolore piange* piangere malat* disastr* scandal* corrott* corruzion* tass* disoccup* balle buffon* pagliacc* povero poveri povera incapac* basta poveracc* fascist*
`,
  es: `
malo mala malos malas mal peor peores pesim* odio odiar asco asqueros* mierda* puta puto putos joder cono gilipoll* cabron* hijoputa triste tristes tristeza decepc* horribl* terribl*
fatal enfad* rabia miedo muerte muerto muertos morir muero matar mata guerra crisis fracas* perdido perder perdi perdimos derrota* problema* error errores averia* retras* mentir* mentira*
ladron* robo robar robad* estafa* caro inutil* ridicul* estupid* idiot* tonto tontos imbecil* desgracia* lamentabl* lastima nunca aburrid* cansad* dolor duele llorar lloro llorando enfermo
verguenz* corrupt* corrupcion* desastr* indignan* vomit* pena sufr* fascist* injust* basura violencia acos* hambre peligro*
`,
  pt: `
ruim ruins pior piores pessim* odeio odio nojo nojent* merda* porra caralho puta foda fodase desgrac* triste tristes tristeza decepcion* horrivel terrivel raiva medo morte morto mortos
morrer morri morreu matar guerra crise fracass* perdi perdeu perder derrota* problema* erro erros atras* mentir* ladra* roub* caro inutil ridicul* estupid* idiot* burro burra imbecil*
infelizmente nunca chato chata chatos chatice cansad* dor doi chorar choro chorando doente vergonh* corrupt* corrupcao desastr* lixo pena sofr* golp* fascist* violencia fome odiar odiei pqp
`,
  nl: `
slecht* slechter slechtst* erg vreselijk* verschrikkelijk* afschuwelijk* kut* klote* shit* fuck* stom* dom domme haat* boos boze woedend* teleurgesteld* teleurstell* verdriet* helaas jammer
belachelijk* schand* schaam* ziek pijn huil* dood doden moord* oorlog* angst* bang fout* kapot* stuk storing* vertrag* uitgevallen verloren verlies* probleem* problemen klacht* klagen onbeschoft*
duur oplicht* bedrog* waardeloos* nutteloos* ramp* chaos nooit saai* moe irritant* irriter* ergernis* ergerlijk* leugen* liegen idioot* achterlijk* triest* kwijt wachten
`,
}
/** Turn the few words that follow. */
export const NEGATIONS: WordsByLanguage = {
  en: `
not no never nothing none nobody neither nor without cannot cant can't dont don't doesnt doesn't didnt didn't isnt isn't wasnt wasn't wont won't wouldnt wouldn't
shouldnt shouldn't couldnt couldn't arent aren't aint ain't havent haven't hasnt hasn't hardly barely
`,
  de: `
nicht nich nix nie niemals kein keine keinen keiner keinem keines ohne niemand nichts weder kaum
`,
  fr: `
ne pas jamais rien aucun aucune sans ni plus
`,
  it: `
non mai niente nessun nessuno nessuna senza ne
`,
  es: `
nunca jamas nada ningun ninguno ninguna sin ni tampoco
`,
  pt: `
nao nem nada nenhum nenhuma sem jamais
`,
  nl: `
niet geen nooit niets zonder niemand nauwelijks
`,
}
