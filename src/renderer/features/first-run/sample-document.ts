import type { Locale } from '../../i18n/i18n.ts';

/** The document of the demo, and questions it answers. */
interface Sample {
  readonly fileName: string;
  readonly text: string;
  readonly questions: readonly string[];
}

const english: Sample = {
  fileName: 'Harbour Lane Garden handbook.md',
  questions: [
    'When may I water with the hose?',
    'What does a plot cost per year?',
    'What happens if I cannot look after my plot for a while?',
  ],
  text: `# Harbour Lane Garden: handbook for plot holders

## Plots and fees

The garden has 64 plots: 48 full plots of 60 square metres and 16 half plots of 30 square metres. A full plot costs 96 euros per year, a half plot costs 54 euros per year. The fee is due on 1 March and covers water, the shared tools and the insurance of the huts. New members also pay a deposit of 40 euros, which is returned when the plot is handed back cleared.

Fees may be paid in two parts, on 1 March and 1 July. Whoever cannot pay on time should write to the treasurer before the date; nobody has ever lost a plot for asking.

## Water

Watering with the hose is allowed before 9 in the morning and after 7 in the evening. Between those hours the tanks are for watering cans only, because filling the tanks takes the pump about four hours. From 15 June to 31 August each plot may use the hose for at most 30 minutes per day. When the blue flag is up at the gate, the pump is being serviced and no hose may be used at all.

Rain barrels are welcome. They must have a lid, so that neither children nor hedgehogs fall in.

## Compost

There are three bays beside the east hedge. The left bay takes fresh cuttings, the middle bay is resting, the right bay is ready to use. Every plot may take six buckets of ready compost in spring and six in autumn. Cooked food, meat, diseased leaves and cat litter do not go on the compost; they attract rats, which visited us in 2019 and stayed until February.

## Tools and the workshop

The shed is open from April to October, every day from 8 in the morning until dusk. Hand tools may be borrowed without asking and are returned clean on the same day. The shredder and the two rotary cultivators have to be booked in the shed book and may only be used by members who took the half-hour introduction, which Irene gives on the first Saturday of each month at 10.

## Noise and quiet hours

Motor tools may be used on weekdays from 9 to 12 and from 15 to 18, and on Saturdays from 9 to 12. On Sundays and public holidays the garden belongs to the birds.

## Guests, children and dogs

Guests are welcome as long as their host is in the garden. Children under twelve need an adult with them near the pond. Dogs stay on a lead and off other people's beds.

## If you cannot look after your plot

Life happens. If you cannot look after your plot for up to three months, tell the plot council and name someone who waters for you, or ask to be put on the helpers' list. For longer breaks, up to one year, the plot can be lent to the first person on the waiting list; the lender keeps the right to return and pays half the fee. A plot that has been left without word for eight weeks in the season gets a friendly letter. After a second letter and another four weeks, the council may give the plot to somebody else.

## Shared work

Each full plot gives eight hours of shared work per year, each half plot four hours. The dates hang at the gate. Hours not worked are charged at 15 euros each, and the money buys new trees.

## Waiting list

The waiting list is public and hangs in the shed. People are called in the order in which they signed up. At present the wait is about fourteen months for a half plot and two years for a full plot.
`,
};

const japanese: Sample = {
  fileName: 'みなと通り市民農園の利用案内.md',
  questions: [
    'ホースで水やりができるのは何時ですか？',
    '区画の利用料は年間いくらですか？',
    'しばらく手入れができないときはどうなりますか？',
  ],
  text: `# みなと通り市民農園 利用案内

## 区画と利用料

農園には64の区画があります。60平方メートルの通常区画が48、30平方メートルの半区画が16です。通常区画の利用料は年間9,600円、半区画の利用料は年間5,400円です。利用料は3月1日までに納めてください。水道、共用の道具、小屋の保険が含まれています。新しく利用する方は、保証金として4,000円もお預けください。区画を片付けて返すときにお返しします。

利用料は、3月1日と7月1日の2回に分けて納めることもできます。期日までに納めるのが難しい方は、事前に会計係へご連絡ください。相談したために区画を失った方は、これまで一人もいません。

## 水やり

ホースで水やりができるのは、朝9時より前と夜7時より後です。それ以外の時間は、じょうろだけを使ってください。ポンプが貯水槽を満たすのに、およそ4時間かかるためです。6月15日から8月31日までは、ホースの使用は1区画につき1日30分までです。門に青い旗が出ているときは、ポンプの点検中のため、ホースは一切使えません。

雨水をためる樽の設置は歓迎します。子どもや小動物が落ちないよう、必ずふたを付けてください。

## 堆肥

東の生け垣のそばに、堆肥の枠が3つあります。左は新しい枝や葉を入れる枠、中央は寝かせている枠、右は使える堆肥の枠です。使える堆肥は、春と秋にそれぞれ1区画6杯までお持ちいただけます。調理した食べ物、肉、病気の葉、猫の砂は入れないでください。2019年にはネズミが現れ、翌年の2月まで居座りました。

## 道具と作業小屋

作業小屋は4月から10月まで、毎日朝8時から日没まで開いています。手道具は自由に借りられますが、その日のうちに洗って返してください。粉砕機と2台の耕うん機は、小屋の台帳で予約が必要です。使えるのは30分の講習を受けた方だけです。講習は毎月第1土曜日の10時から、飯田さんが行います。

## 音と静かな時間

エンジン付きの道具を使えるのは、平日の9時から12時と15時から18時、土曜日の9時から12時です。日曜日と祝日の農園は、鳥たちのものです。

## お客さま、お子さま、犬

利用者が農園にいる間は、お客さまも歓迎します。12歳未満のお子さまが池の近くで過ごすときは、大人が付き添ってください。犬にはリードを付け、ほかの区画に入れないでください。

## 手入れができないとき

手入れが3か月までできないときは、区画の世話人会に知らせ、代わりに水やりをする方を決めるか、手伝いの名簿への登録を申し出てください。1年までの長い休みの場合は、待機名簿の先頭の方に区画を貸すことができます。貸した方は戻る権利を保ち、その間の利用料は半額です。季節中に連絡のないまま8週間放置された区画には、お知らせの手紙をお送りします。2通目の手紙からさらに4週間たつと、世話人会が区画を別の方に渡すことがあります。

## 共同作業

通常区画は年に8時間、半区画は年に4時間の共同作業をお願いします。日程は門に掲示します。参加しなかった時間は1時間につき1,500円をいただき、新しい木を買う費用に充てます。

## 待機名簿

待機名簿は公開されていて、作業小屋に掲示しています。申し込みの順にご案内します。現在の待ち時間は、半区画がおよそ14か月、通常区画がおよそ2年です。
`,
};

/** The sample in the language shown. */
export function sampleFor(locale: Locale): Sample {
  return locale === 'ja' ? japanese : english;
}
