/**
 * Factors a symmetric positive definite matrix (row by row, `size` × `size`, only its lower half is read) in place into L with L·Lᵀ = matrix.
 * Answers false, with the matrix half done, when it is not positive definite to working precision.
 */
export function factor(matrix: Float64Array, size: number): boolean {
  for (let row = 0; row < size; row++) {
    const rowStart = row * size;
    for (let column = 0; column <= row; column++) {
      const columnStart = column * size;
      let sum = matrix[rowStart + column] as number;
      for (let k = 0; k < column; k++) sum -= (matrix[rowStart + k] as number) * (matrix[columnStart + k] as number);
      if (column < row) {
        matrix[rowStart + column] = sum / (matrix[columnStart + column] as number);
      } else {
        if (!(sum > 0)) return false;
        matrix[rowStart + row] = Math.sqrt(sum);
      }
    }
  }
  return true;
}

/** Solves L·Lᵀ·x = `right` in place, with what `factor` left. */
export function solve(factored: Float64Array, size: number, right: Float64Array): void {
  for (let row = 0; row < size; row++) {
    let sum = right[row] as number;
    for (let k = 0; k < row; k++) sum -= (factored[row * size + k] as number) * (right[k] as number);
    right[row] = sum / (factored[row * size + row] as number);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = right[row] as number;
    for (let k = row + 1; k < size; k++) sum -= (factored[k * size + row] as number) * (right[k] as number);
    right[row] = sum / (factored[row * size + row] as number);
  }
}

/** The diagonal of the inverse of the factored matrix: the variances, when the matrix was a Hessian. */
export function invertDiagonal(factored: Float64Array, size: number): Float64Array {
  const diagonal = new Float64Array(size);
  const column = new Float64Array(size);
  for (let at = 0; at < size; at++) {
    // With L·y = e the entry is y·y; y is zero above `at`.
    column.fill(0);
    for (let row = at; row < size; row++) {
      let sum = row === at ? 1 : 0;
      for (let k = at; k < row; k++) sum -= (factored[row * size + k] as number) * (column[k] as number);
      column[row] = sum / (factored[row * size + row] as number);
      diagonal[at] = (diagonal[at] as number) + (column[row] as number) ** 2;
    }
  }
  return diagonal;
}
