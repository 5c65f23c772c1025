package uniass.api.data;

/**
 * How batches are made.
 *
 * @param format size and resizing
 * @param normalisation of the values
 * @param batch pictures a batch; the last, short batch is used
 * @param masks whether masks are read
 * @param skipUnreadable leave pictures out that cannot be read (and say so), rather than fail
 */
public record FeedOptions(
    PictureFormat format,
    Normalisation normalisation,
    int batch,
    boolean masks,
    boolean skipUnreadable) {}
