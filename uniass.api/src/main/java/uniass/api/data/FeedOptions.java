package uniass.api.data;

/**
 * How batches are made.
 *
 * @param format size and resizing
 * @param normalization of the values
 * @param batch images a batch; the last, short batch is used
 * @param masks whether masks are read
 * @param skipUnreadable leave images out that cannot be read (and say so), rather than fail
 */
public record FeedOptions(
    ImageFormat format,
    Normalization normalization,
    int batch,
    boolean masks,
    boolean skipUnreadable) {}
