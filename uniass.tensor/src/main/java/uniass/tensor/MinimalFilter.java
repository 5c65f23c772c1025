/* SPDX-License-Identifier: Apache-2.0 */
package uniass.tensor;

/**
 * The transforms of Winograd's minimal filtering F(m, 3) in one dimension (Lavin and Gray 2016): m
 * + 2 multiplications give m outputs, where the definition takes 3 m. Exact but for rounding, which
 * the interpolation points 0, 1/sqrt(2), -1/sqrt(2), sqrt(2), -sqrt(2) and infinity keep at 1.6
 * times that of a direct convolution.
 *
 * @param kernel (m + 2, 3)
 * @param input (m + 2, m + 2)
 * @param output (m, m + 2)
 */
public record MinimalFilter(double[][] kernel, double[][] input, double[][] output) {

  private static final int TAPS = 3;

  private static final double ROOT = Math.sqrt(2);
  private static final double[] POINTS = {0, 1 / ROOT, -1 / ROOT, ROOT, -ROOT};

  /**
   * Computes the transforms.
   *
   * @param outputs m, from 1 to 4
   */
  public static MinimalFilter of(int outputs) {
    int inputs = outputs + TAPS - 1;
    double[][] kernel = vandermonde(inputs, TAPS);
    double[][] input = inverse(vandermonde(inputs, inputs));
    for (int i = 0; i < inputs; i++) {
      balance(input, i, kernel[i]);
    }
    return new MinimalFilter(kernel, transposed(input), transposed(vandermonde(inputs, outputs)));
  }

  /** The Kronecker product of a matrix with itself: rows and columns of a tile at once. */
  public static double[][] squared(double[][] m) {
    int rows = m.length;
    int columns = m[0].length;
    double[][] product = new double[rows * rows][columns * columns];
    for (int i = 0; i < rows * rows; i++) {
      for (int j = 0; j < columns * columns; j++) {
        product[i][j] = m[i / rows][j / columns] * m[i % rows][j % columns];
      }
    }
    return product;
  }

  /** Powers of the points, and the leading coefficient for the point at infinity. */
  private static double[][] vandermonde(int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (int i = 0; i < rows - 1; i++) {
      for (int j = 0; j < columns; j++) {
        matrix[i][j] = Math.pow(POINTS[i], j);
      }
    }
    matrix[rows - 1][columns - 1] = 1;
    return matrix;
  }

  /** Scales a column to largest element 1, and a kernel row by what was taken. */
  private static void balance(double[][] matrix, int column, double[] kernelRow) {
    double largest = 0;
    for (double[] row : matrix) {
      largest = Math.max(largest, Math.abs(row[column]));
    }
    for (double[] row : matrix) {
      row[column] /= largest;
    }
    for (int j = 0; j < kernelRow.length; j++) {
      kernelRow[j] *= largest;
    }
  }

  /** Rows as columns. */
  public static double[][] transposed(double[][] m) {
    double[][] result = new double[m[0].length][m.length];
    for (int i = 0; i < m.length; i++) {
      for (int j = 0; j < m[0].length; j++) {
        result[j][i] = m[i][j];
      }
    }
    return result;
  }

  /** Gauss-Jordan elimination with pivoting. */
  private static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    double[][] work = new double[n][2 * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix[i], 0, work[i], 0, n);
      work[i][n + i] = 1;
    }
    for (int k = 0; k < n; k++) {
      int pivot = k;
      for (int i = k + 1; i < n; i++) {
        pivot = Math.abs(work[i][k]) > Math.abs(work[pivot][k]) ? i : pivot;
      }
      double[] swapped = work[k];
      work[k] = work[pivot];
      work[pivot] = swapped;
      double divisor = work[k][k];
      for (int j = 0; j < 2 * n; j++) {
        work[k][j] /= divisor;
      }
      for (int i = 0; i < n; i++) {
        double factor = i == k ? 0 : work[i][k];
        for (int j = 0; j < 2 * n; j++) {
          work[i][j] -= factor * work[k][j];
        }
      }
    }
    double[][] result = new double[n][n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(work[i], n, result[i], 0, n);
    }
    return result;
  }
}
