package dev.strandline.core.capture;

import dev.strandline.core.path.FilePath;
import dev.strandline.core.snapshot.CaptureProblem;
import java.util.List;

/** Tells of sources that are read elsewhere by the paths that are really read, where a person would have to look. */
final class RelocatedListener implements CaptureListener {
    private final CaptureListener listener;
    private final List<CaptureSource> sources;

    private RelocatedListener(CaptureListener listener, List<CaptureSource> sources) {
        this.listener = listener;
        this.sources = sources;
    }

    /** {@code listener} itself when all sources are read where they stand. */
    static CaptureListener of(CaptureListener listener, CaptureOptions options) {
        return options.sources().stream().anyMatch(CaptureSource::isReadElsewhere)
                ? new RelocatedListener(
                        listener,
                        options.outermost().stream()
                                .map(CaptureOptions.Outermost::source)
                                .toList())
                : listener;
    }

    @Override
    public boolean wantsEntries() {
        return listener.wantsEntries();
    }

    @Override
    public void on(CaptureEvent event) {
        listener.on(
                switch (event) {
                    case CaptureEvent.Captured(var path, var change) ->
                        new CaptureEvent.Captured(placeOf(path), change);
                    case CaptureEvent.Problem(CaptureProblem(var path, var reason)) ->
                        new CaptureEvent.Problem(new CaptureProblem(placeOf(path), reason));
                    case CaptureEvent.Excluded(var path, var reason) ->
                        new CaptureEvent.Excluded(placeOf(path), reason);
                    case CaptureEvent.OwnPlaceExcluded(var path, var what) ->
                        new CaptureEvent.OwnPlaceExcluded(placeOf(path), what);
                    case CaptureEvent.LinkKept(var path) -> new CaptureEvent.LinkKept(placeOf(path));
                    case CaptureEvent.Vanished(var path) -> new CaptureEvent.Vanished(placeOf(path));
                    case CaptureEvent.Absent(var path) -> new CaptureEvent.Absent(placeOf(path));
                    case CaptureEvent.ChangedWhileRead(var path) -> new CaptureEvent.ChangedWhileRead(placeOf(path));
                    case CaptureEvent.ParentUnreadable(var path, var reason) ->
                        new CaptureEvent.ParentUnreadable(placeOf(path), reason);
                });
    }

    private FilePath placeOf(FilePath path) {
        for (var source : sources) {
            if (path.startsWith(source.path())) {
                return source.readFrom().resolve(path.relativeTo(source.path()));
            }
        }
        return path;
    }
}
