import path from 'node:path';
import JSZip from 'jszip';

const presentationPart = 'ppt/presentation.xml';
/** Shapes that only say where and when one is: the number of the slide and the date. */
const furnitureShape = /<p:sp>(?:(?!<\/p:sp>)[^])*?<p:ph\b[^>]*type="(?:sldNum|dt)"(?:(?!<\/p:sp>)[^])*?<\/p:sp>/g;

/**
 * A presentation as officeparser takes it for granted: slides and their notes numbered in the order in which they are shown (it goes by
 * the names of the files, which keep the order in which slides were made), and the shapes of a group where it looks for them.
 * Whatever is no whole presentation is returned as it is.
 */
export async function prepareSlides(bytes: Buffer): Promise<Buffer> {
  const zip = await JSZip.loadAsync(bytes);
  const presentation = await zip.file(presentationPart)?.async('string');
  const targets = await relationsOf(zip, presentationPart);
  const ids = [...(presentation ?? '').matchAll(/<p:sldId\b[^>]*\br:id="([^"]+)"/g)].map(([, id = '']) => id);
  const slides = ids.flatMap((id) => targets.get(id) ?? []).filter(({ part }) => zip.file(part) !== null);
  if (slides.length === 0 || slides.length !== ids.length) return bytes;
  const prepared: [name: string, content: string][] = [];
  for (const [index, { part }] of slides.entries()) {
    const slide = await zip.file(part)?.async('string');
    const relations = await zip.file(relationsPart(part))?.async('string');
    const notes = [...(await relationsOf(zip, part)).values()].find(({ type }) => type.endsWith('/notesSlide'));
    const notesText = notes === undefined ? undefined : await zip.file(notes.part)?.async('string');
    prepared.push([`ppt/slides/slide${index + 1}.xml`, withOpenGroups(slide ?? '')]);
    if (relations !== undefined) prepared.push([`ppt/slides/_rels/slide${index + 1}.xml.rels`, relations]);
    if (notesText !== undefined) prepared.push([`ppt/notesSlides/notesSlide${index + 1}.xml`, withOpenGroups(notesText)]);
  }
  zip.remove('ppt/slides');
  zip.remove('ppt/notesSlides');
  for (const [name, content] of prepared) zip.file(name, content);
  return zip.generateAsync({ type: 'nodebuffer' });
}

/** officeparser looks for the shapes of a group in a tree of their own inside of it. */
function withOpenGroups(xml: string): string {
  return xml
    .replaceAll(furnitureShape, '')
    .replaceAll(/<p:grpSp\b[^>]*>/g, '$&<p:spTree>')
    .replaceAll('</p:grpSp>', '</p:spTree></p:grpSp>');
}

interface Relation {
  readonly type: string;
  /** Its name in the archive. */
  readonly part: string;
}

async function relationsOf(zip: JSZip, part: string): Promise<ReadonlyMap<string, Relation>> {
  const xml = (await zip.file(relationsPart(part))?.async('string')) ?? '';
  return new Map(
    [...xml.matchAll(/<Relationship\b[^>]*>/g)].flatMap(([element]): [string, Relation][] => {
      const [id, type, target] = ['Id', 'Type', 'Target'].map((name) => new RegExp(`\\b${name}="([^"]*)"`).exec(element)?.[1]);
      if (id === undefined || type === undefined || target === undefined) return [];
      const file = target.startsWith('/') ? target.slice(1) : path.posix.join(path.posix.dirname(part), target);
      return [[id, { type, part: file }]];
    }),
  );
}

function relationsPart(part: string): string {
  return path.posix.join(path.posix.dirname(part), '_rels', `${path.posix.basename(part)}.rels`);
}
