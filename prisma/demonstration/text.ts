import type { LetterContent } from '@/lib/letter/text/content';

/**
 * The joint letter to Japan's foreign minister of 23 April 2025, as printed. Emphasis (`*…*`)
 * replaces links of the document with unknown targets. The spelling is the document's.
 */
export const text: LetterContent & { language: 'en' } = {
  language: 'en',
  title: 'Joint Letter to the Japanese Government:',
  subject: 'Supporting the International Criminal Court',
  dateLine: 'April 23, 2025',
  addressee: null,
  salutation: 'Dear Foreign Minister Takeshi Iwaya,',
  body: `The undersigned Japan-based organizations are writing to call on the Japanese government to protect the International Criminal Court (ICC) from ongoing efforts to undermine its essential global mandate as a court of last resort to ensure justice for serious international crimes. Japan, a strong and principled supporter of the ICC, should stand beside the court at this critical juncture.

On February 6, 2025, US President Donald Trump issued a sweeping *executive order* that authorizes asset freezes and entry bans on ICC officials and others supporting the court's work and, so far, has imposed sanctions on the court's prosecutor.

Trump's order makes clear that his administration seeks to shield US and Israeli officials from facing war crimes and crimes against humanity charges before the ICC. ICC judges issued warrants of arrest for Israeli Prime Minister Benjamin Netanyahu and former Israeli Defense Minister Yoav Gallant in November 2024 for alleged war crimes and crimes against humanity in Gaza. The judges also issued an arrest warrant for Mohammed Diab Ibrahim al-Masri (known as Mohammed Deif), commander-in-chief of the Qassam Brigades, Hamas' military wing. In February 2025, ICC judges terminated proceedings against him after the prosecution presented sufficient and reliable information to establish his death.

ICC member country *reactions* to the arrest warrants have been uneven. Regrettably, Hungary recently failed to comply with its obligation to arrest and surrender Netanyahu, and officials from other member countries have explicitly said that they *would not uphold their obligations or failed to commit to enforce the court's warrant*. It is critical for member countries to consistently support the ICC's mandate, including through cooperation and enforcing its warrants, across all situations to avoid double standards and uphold the court's legitimacy for victims and affected communities.

US sanctions have serious effects that go far beyond the designated individuals and targeted investigations, and that could result in the ICC losing access to essential services necessary to carry out its mandate around the world. The executive order appears designed not only to intimidate court officials and staff involved in the court's critical investigations, but also to have a chilling effect on broader cooperation with the ICC, including by civil society organizations supporting victims.

The executive order was met with strong condemnation from a number of stakeholders, including the court itself, civil society organizations, some individual ICC member countries, and United Nations officials and human rights experts.

We support the action of the Bureau of the ICC Assembly of States Parties, to which Japan is a member, which in January 2025 issued a *statement* regretting attempts to undermine the court's independence, integrity, and impartiality, in response to *passage of legislation* in the US Congress seeking to impose sanctions.

We regret, however, that Japan did not join 79 ICC member countries in issuing a *statement* on February 7 reaffirming their "unwavering support" for the court, highlighting how sanctions could undermine the court's mandate, and committing to ensure the court can continue its crucial work.

Japan's absence from the list of signatories to this statement is striking, particularly as Japan joined a similar *statement* issued in July 2024 by a cross-regional group of 94 member countries in response to the then-growing efforts to intimidate court officials.

It also stands out against other statements by Japan making clear its strong support to the ICC. Together with other member countries, Japan also *condemned* the *issuance of arrest warrants* by the Russian Federation in 2023 against the ICC prosecutor and six of the court's current and former judges, including ICC president and Japanese national, Judge Tomoko Akane. These warrants were issued in retaliation for the ICC *arrest warrant* against Russian President Vladmir Putin as part of the ongoing Ukraine investigation.

The ICC and its officials are being targeted for carrying out the mandate they were entrusted with by Japan and all other member countries. Recent developments related to the Asia Pacific region, including the arrest and transfer of former Philippine President Rodrigo Duterte on an ICC warrant to answer a charge of murder as a crime against humanity, reaffirm the court's global relevance and underscore its significance in ensuring accountability for the most serious crimes. ICC member countries have a responsibility to protect the crucial court of last resort they created.`,
  callsIntro: 'To this end, we call on Japan to:',
  calls: [
    "Express support for the ICC's essential global mandate and commit to abide by its obligation to cooperate with the court, including by enforcing its arrest warrants;",
    "Publicly condemn any efforts to undermine the court's crucial mandate, including the use of US sanctions, and call on the US to rescind its executive order; and",
    'Take concrete measures to protect the court, its officials, and those cooperating with it from the effects of any coercive measures, including sanctions, taken against them.',
  ],
  closing:
    'Justice for victims of serious crimes around the world depends on the resolve of ICC member countries to stand behind the court as it faces these existential threats. We hope Japan, and all other ICC member countries, will meet the moment.',
  valediction: 'Sincerely,',
};
