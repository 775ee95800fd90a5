"""The tests: stories of Amina, Kari, Lena and Ola, with real files, servers and browsers."""
