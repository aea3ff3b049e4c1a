/** What went wrong, where it went wrong, as one sentence; told to screen readers when it comes. */
export function Complaint({ text }: { text: string | null }) {
  return (
    <p id="complaint" class="complaint" role="alert">
      {text}
    </p>
  );
}
