/** Two digits that the computer's window must show too. */
export function Matching({ label, number, question }: { label: string; number: string; question: string }) {
  return (
    <section class="matching" aria-label={label}>
      <p class="number">{number}</p>
      <p class="question">{question}</p>
    </section>
  );
}

export function Choice({
  yes,
  no,
  onYes,
  onNo,
  disabled = false,
}: {
  yes: string;
  no: string;
  onYes: () => void;
  onNo: () => void;
  disabled?: boolean;
}) {
  return (
    <div class="choice">
      <button type="button" class="button primary" disabled={disabled} onClick={onYes}>
        {yes}
      </button>
      <button type="button" class="button danger" disabled={disabled} onClick={onNo}>
        {no}
      </button>
    </div>
  );
}
