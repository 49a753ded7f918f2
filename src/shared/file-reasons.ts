/**
 * Why exactly a file was refused, where its error code leaves that open: `data.reason` of the error. In English; stands in
 * for the code's general advice. The window's other languages translate them, the terminal prints them as they are.
 */
export const fileReasons = {
  too_much_text: 'It holds more text than is kept of one file. Split it, and add the parts.',
  too_many_pages: 'Split it into parts with fewer pages, and add those.',
  too_many_columns: 'No sheet has this many columns. Keep the ones you need, and add it again.',
  nested_too_deeply: 'Its parts lie inside one another too deeply. Save it in a simpler format such as text.',
  too_many_entries: 'It is an archive of very many files. It was not opened, for safety.',
  pages_without_text: 'Its pages are pictures, as a scan has them. Run text recognition (OCR) on it first.',
  old_office: 'It comes from an Office before 2007. Save it as .docx, .xlsx or .pptx, and add that.',
  not_a_page: 'What is at this address is no web page, text or PDF. Download it, and add it as a file.',
  not_a_file: 'It is a folder, a device or a pipe. Choose a file.',
} as const;
