/** Files that a form's input named `file` holds. */
export function filesOf(form: HTMLFormElement): File[] {
  return new FormData(form)
    .getAll('file')
    .filter((entry): entry is File => entry instanceof File && entry.name !== '');
}
