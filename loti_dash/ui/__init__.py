"""What pages are made of. The only part that knows Streamlit."""
