/* SPDX-License-Identifier: Apache-2.0 */
package uniass.onnx;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.util.Map;
import java.util.Optional;
import uniass.api.UniassException;
import uniass.api.data.ImageFormat;
import uniass.api.data.Normalization;
import uniass.api.data.Tiling;

/**
 * What an exported file says of itself, so that it can be used without plug-ins or an experiment's
 * reader.
 *
 * @param name the experiment's name
 * @param format how images are decoded
 * @param wholeFormat how images that are not cut are decoded, with the network's size
 * @param tile side of the tiles that images are cut into as in training, or 0
 * @param overlap of those tiles
 * @param normalization of the network's input
 * @param pixels whether the graph takes pixels, and normalizes them itself
 * @param batch number of images per run, or 0 for any
 */
public record ModelDescription(
    String name,
    ImageFormat format,
    ImageFormat wholeFormat,
    int tile,
    int overlap,
    Normalization normalization,
    boolean pixels,
    int batch) {

  /** The metadata key. */
  public static final String KEY = "uniass.model";

  private static final Gson GSON = new Gson();

  /** One line of JSON for the file's metadata. */
  public String toJson() {
    return GSON.toJson(this);
  }

  /**
   * Reads a file's metadata.
   *
   * @param file for messages
   * @throws UniassException if they are not those of an exported model
   */
  public static ModelDescription of(String file, Map<String, String> metadata) {
    try {
      return Optional.ofNullable(GSON.fromJson(metadata.get(KEY), ModelDescription.class))
          .orElseThrow(
              () ->
                  new UniassException(
                      file
                          + ": was not written by 'uniass export': it lacks what says how images"
                          + " become its input"));
    } catch (JsonParseException e) {
      throw new UniassException(file + ": its metadata '" + KEY + "' is damaged", e);
    }
  }

  /** How images are cut; empty for whole images. */
  public Optional<Tiling> tiling() {
    return tile == 0 ? Optional.empty() : Optional.of(new Tiling(tile, overlap));
  }
}
