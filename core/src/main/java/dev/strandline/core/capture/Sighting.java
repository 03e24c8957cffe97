package dev.strandline.core.capture;

import dev.strandline.core.fs.FileStatus;
import dev.strandline.core.fs.SharedDirectory;
import dev.strandline.core.path.FileName;
import dev.strandline.core.path.FilePath;
import dev.strandline.core.repository.RepositoryException;

/** Something that the walk over the source saw, in walk order. */
interface Sighting {
    /** Lets the capture deal with it. */
    void pass(Observer observer) throws RepositoryException, InterruptedException;

    /** Deals with what was seen. */
    interface Observer {
        /** A captured path that is no directory. */
        void single(SharedDirectory parent, FilePath path, FileStatus status)
                throws RepositoryException, InterruptedException;

        void entered(DirectoryVisit visit) throws RepositoryException, InterruptedException;

        /** An entry that is no directory. */
        void met(DirectoryVisit visit, FileName name, FileStatus status)
                throws RepositoryException, InterruptedException;

        /** All of a directory was seen; it is given up after this. */
        void left(DirectoryVisit visit) throws RepositoryException, InterruptedException;

        void failed(FilePath path, String reason) throws RepositoryException, InterruptedException;

        void told(CaptureEvent event) throws RepositoryException, InterruptedException;
    }

    record Single(SharedDirectory parent, FilePath path, FileStatus status) implements Sighting {
        @Override
        public void pass(Observer observer) throws RepositoryException, InterruptedException {
            observer.single(parent, path, status);
        }
    }

    /** No captured path in there is left to see; it is given up after this. */
    record ParentLeft(SharedDirectory parent) implements Sighting {
        @Override
        public void pass(Observer observer) {
            // Whoever still reads in there keeps it open.
        }
    }

    record Entered(DirectoryVisit visit) implements Sighting {
        @Override
        public void pass(Observer observer) throws RepositoryException, InterruptedException {
            observer.entered(visit);
        }
    }

    record Met(DirectoryVisit visit, FileName name, FileStatus status) implements Sighting {
        @Override
        public void pass(Observer observer) throws RepositoryException, InterruptedException {
            observer.met(visit, name, status);
        }
    }

    record Left(DirectoryVisit visit) implements Sighting {
        @Override
        public void pass(Observer observer) throws RepositoryException, InterruptedException {
            observer.left(visit);
        }
    }

    record Failed(FilePath path, String reason) implements Sighting {
        @Override
        public void pass(Observer observer) throws RepositoryException, InterruptedException {
            observer.failed(path, reason);
        }
    }

    record Told(CaptureEvent event) implements Sighting {
        @Override
        public void pass(Observer observer) throws RepositoryException, InterruptedException {
            observer.told(event);
        }
    }
}
